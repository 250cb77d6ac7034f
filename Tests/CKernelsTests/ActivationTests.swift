import CKernels
import Foundation
import TestSupport
import Testing

/// exp, tanh and sigmoid against float64, over the bit patterns of all floats.
@Suite struct ActivationTests {
    /// An element-wise kernel, its exact function and its promise of sn_activations.h.
    struct Activation: Sendable, CustomTestStringConvertible {
        let name: String
        let bound: Double
        let kernel:
            @Sendable (
                UnsafePointer<sn_context>, UnsafeMutablePointer<Float>, UnsafePointer<Float>, Int
            ) -> Void
        let exact: @Sendable (Double) -> Double
        var testDescription: String { name }

        func callAsFunction(_ set: InstructionSet, _ x: [Float]) -> [Float] {
            var context = set.context()
            let input = AlignedFloats(x)
            let output = AlignedFloats(count: x.count)
            kernel(&context, output.pointer, input.pointer, x.count)
            return output.values
        }
    }

    static let all = [
        Activation(name: "exp", bound: 2, kernel: sn_exp_u20, exact: { exp($0) }),
        Activation(name: "tanh", bound: 3.5, kernel: sn_tanh_u35, exact: { tanh($0) }),
        Activation(
            name: "sigmoid", bound: 3.5, kernel: sn_sigmoid_u35, exact: { 1 / (1 + exp(-$0)) }),
    ]

    /// Every 16381st bit pattern, the interesting range densely, and both sides of every
    /// limit that sn_activations.h names.
    static let inputs: [Float] = {
        var inputs = stride(from: UInt32(0), through: .max - 16381, by: 16381).map {
            Float(bitPattern: $0)
        }
        inputs += stride(from: Float(-105), through: 105, by: 0.0037)
        for limit: Float in [88.7228, 88.72, 87.3365, 87.33, 9.01, 9.02, 1, 0.5, 0.3466] {
            for steps in -50...50 {
                inputs += [limit + Float(steps) * limit.ulp, -limit + Float(steps) * limit.ulp]
            }
        }
        return inputs
    }()

    @Test(arguments: InstructionSet.available, all)
    func errorsStayWithinTheBound(set: InstructionSet, activation: Activation) {
        let outputs = activation(set, Self.inputs)
        var worst = 0.0
        var worstInput = Float(0)
        for (x, y) in zip(Self.inputs, outputs) {
            let exact = activation.exact(Double(x))
            if exact.magnitude < Double(Float.leastNormalMagnitude) {
                // A result that is not a normal number may be flushed to zero.
                if !(y.magnitude <= .leastNormalMagnitude) { worst = .infinity }
            } else {
                let error = ulps(y, from: exact)
                if error > worst { (worst, worstInput) = (error, x) }
            }
        }
        #expect(worst <= activation.bound, "\(worst) ULP at \(worstInput)")
    }

    @Test(arguments: InstructionSet.available)
    func specialValues(set: InstructionSet) {
        let denormal = 700 * Float.leastNonzeroMagnitude
        let x: [Float] = [
            0, -0.0, .infinity, -.infinity, 88.73, -87.34, -200, 200, denormal, -denormal,
        ]
        let exponentials = Self.all[0](set, x)
        #expect(exponentials == [1, 1, .infinity, 0, .infinity, 0, 0, .infinity, 1, 1])
        let tangents = Self.all[1](set, x)
        #expect(tangents[0...1].map(\.bitPattern) == [0, 0x8000_0000])
        #expect(tangents[2...7] == [1, -1, 1, -1, -1, 1])
        #expect(tangents[8] >= 0 && tangents[8] <= denormal && tangents[9] == -tangents[8])
        let sigmoids = Self.all[2](set, x)
        #expect(sigmoids == [0.5, 0.5, 1, 0, 1, 0, 0, 1, 0.5, 0.5])
    }

    @Test(arguments: InstructionSet.available, all)
    func nanGivesNaN(set: InstructionSet, activation: Activation) {
        let patterns: [UInt32] = [0x7FC0_0000, 0xFFC0_0000, 0x7F80_0001, 0xFF80_0001, 0x7FFF_FFFF]
        for count in 1...patterns.count {
            let outputs = activation(set, patterns[..<count].map(Float.init(bitPattern:)))
            #expect(outputs.allSatisfy { $0.isNaN })
        }
    }

    @Test(arguments: InstructionSet.available, all)
    func anElementDoesNotDependOnItsPlace(set: InstructionSet, activation: Activation) {
        var random = SeededRandom(1)
        let x = random.floats(4 * set.lanes + 3, scale: 20)
        let alone = x.map { activation(set, [$0])[0] }
        for count in 0...x.count {
            expectSameBits(
                activation(set, Array(x[..<count])), Array(alone[..<count]), "\(count) elements")
        }
    }

    @Test(arguments: InstructionSet.available, all)
    func outputMayBeTheInput(set: InstructionSet, activation: Activation) {
        var context = set.context()
        var random = SeededRandom(2)
        let x = random.floats(67, scale: 5)
        let inPlace = AlignedFloats(x)
        activation.kernel(&context, inPlace.pointer, inPlace.pointer, x.count)
        expectSameBits(inPlace.values, activation(set, x), "in place")
    }

    @Test(arguments: InstructionSet.available, all)
    func threadsGiveTheSameBits(set: InstructionSet, activation: Activation) {
        let expected = activation(set, Self.inputs)
        for threads in [2, 3] {
            var context = set.context(threads: threads)
            let input = AlignedFloats(Self.inputs)
            let output = AlignedFloats(count: input.count)
            activation.kernel(&context, output.pointer, input.pointer, input.count)
            expectSameBits(output.values, expected, "\(threads) threads")
        }
    }

    @Test(arguments: InstructionSet.available)
    func addAddsElementByElement(set: InstructionSet) {
        var context = set.context()
        var random = SeededRandom(3)
        for count in [0] + set.sizes {
            let x = random.floats(count)
            let y = random.floats(count)
            let input = AlignedFloats(x)
            let output = AlignedFloats(y)
            sn_add(&context, output.pointer, input.pointer, count)
            expectSameBits(output.values, zip(x, y).map { $1 + $0 }, "\(count) elements")
        }
    }
}
