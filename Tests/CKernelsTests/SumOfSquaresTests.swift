import CKernels
import Testing

@Suite struct SumOfSquaresTests {
    private func run(_ x: [Float], _ set: InstructionSet, threads: Int = 1) -> Double {
        var context = set.context(threads: threads)
        let input = AlignedFloats(x)
        var partial = [Double](repeating: .nan, count: sn_sum_of_squares_chunks(x.count))
        return sn_sum_of_squares(&context, input.pointer, &partial, x.count)
    }

    @Test(arguments: InstructionSet.available)
    func equalsFloat64(set: InstructionSet) {
        for count in [0] + set.sizes + [16_383, 16_384, 16_385, 50_000] {
            var random = SeededRandom(1)
            let x = random.floats(count)
            let exact = x.reduce(0) { $0 + Double($1) * Double($1) }
            #expect(abs(run(x, set) - exact) <= 1e-13 * exact, "\(count) elements")
        }
    }

    @Test(arguments: InstructionSet.available)
    func squaresBeyondFloatStayFinite(set: InstructionSet) {
        let value = Double(Float(1e30))
        #expect(run([1e30, 1e30], set) == 2 * value * value)
    }

    @Test(arguments: InstructionSet.available)
    func nanAndInfinityAreSeen(set: InstructionSet) {
        for count in set.sizes {
            var x = [Float](repeating: 1, count: count)
            x[count - 1] = .nan
            #expect(run(x, set).isNaN)
            x[count - 1] = -.infinity
            #expect(run(x, set) == .infinity)
        }
    }

    @Test(arguments: InstructionSet.available)
    func threadsGiveTheSameBits(set: InstructionSet) {
        var random = SeededRandom(2)
        let x = random.floats(200_003)
        let expected = run(x, set)
        #expect(run(x, set, threads: 2) == expected)
        #expect(run(x, set, threads: 3) == expected)
    }
}
