import CKernels
import TestSupport
import Testing

@Suite struct DropoutTests {
    private static let count = 100_003

    /// Ones in: the mask, scaled, comes out.
    private func mask(
        _ set: InstructionSet, p: Float, threads: Int = 1, seed: UInt64 = 1, stream: UInt64 = 2,
        count: Int = Self.count
    ) -> [Float] {
        var context = set.context(threads: threads)
        let input = AlignedFloats(count: count, filledWith: 1)
        let output = AlignedFloats(count: count)
        sn_dropout_forward(&context, output.pointer, input.pointer, p, seed, stream, count)
        return output.values
    }

    @Test(arguments: InstructionSet.available, [0.1, 0.5, 0.9] as [Float])
    func keepsTheRightShareScaledUp(set: InstructionSet, p: Float) {
        let values = mask(set, p: p)
        let scale = 1 / (1 - p)
        #expect(values.allSatisfy { $0 == 0 || abs($0 - scale) <= scale.ulp })
        // Four standard deviations of the number kept.
        let kept = Double(values.count { $0 != 0 })
        let expected = Double(Self.count) * Double(1 - p)
        #expect(abs(kept - expected) <= 4 * (expected * Double(p)).squareRoot())
    }

    @Test(arguments: InstructionSet.available)
    func zeroProbabilityKeepsEverything(set: InstructionSet) {
        var context = set.context()
        var random = SeededRandom(1)
        let x = random.floats(101)
        let values = AlignedFloats(x)
        sn_dropout_forward(&context, values.pointer, values.pointer, 0, 1, 2, x.count)
        expectSameBits(values.values, x, "p = 0, in place")
    }

    @Test(arguments: InstructionSet.available)
    func theMaskDependsOnSeedStreamAndPlaceAlone(set: InstructionSet) {
        let expected = mask(InstructionSet.available[0], p: 0.3)
        for threads in InstructionSet.threadCounts {
            expectSameBits(mask(set, p: 0.3, threads: threads), expected, "\(threads) threads")
        }
        for count in [0, 1, 2, 3, 5, 66] {
            expectSameBits(
                mask(set, p: 0.3, count: count), Array(expected[..<count]), "\(count) elements")
        }
        #expect(mask(set, p: 0.3, seed: 3) != expected)
        #expect(mask(set, p: 0.3, stream: 3) != expected)
    }

    @Test(arguments: InstructionSet.available, InstructionSet.threadCounts)
    func backwardAddsThroughTheSameMask(set: InstructionSet, threads: Int) {
        var context = set.context(threads: threads)
        var random = SeededRandom(2)
        let dy = random.floats(Self.count)
        let start = random.floats(Self.count)
        let mask = mask(set, p: 0.4)
        let input = AlignedFloats(dy)
        let output = AlignedFloats(start)
        sn_dropout_backward(&context, output.pointer, input.pointer, 0.4, 1, 2, Self.count)
        let expected = zip(start, zip(dy, mask)).map { $0 + ($1.0 * $1.1) }
        expectSameBits(output.values, expected, "dx")
    }
}
