import CKernels
import TestSupport
import Testing

@Suite struct RandomUniformTests {
    private static let count = 100_003

    private func draw(
        _ set: InstructionSet, low: Float = -2, high: Float = 3, threads: Int = 1,
        seed: UInt64 = 1, stream: UInt64 = 2, count: Int = Self.count
    ) -> [Float] {
        var context = set.context(threads: threads)
        let output = AlignedFloats(count: count)
        sn_random_uniform(&context, output.pointer, low, high, seed, stream, count)
        return output.values
    }

    @Test(arguments: InstructionSet.available)
    func valuesFillTheRange(set: InstructionSet) {
        let values = draw(set)
        #expect(values.allSatisfy { $0 >= -2 && $0 < 3 })
        // Four standard deviations of the mean and of the mean square.
        let n = Double(Self.count)
        let mean = values.reduce(0) { $0 + Double($1) } / n
        #expect(abs(mean - 0.5) <= 4 * 5 / (12 * n).squareRoot())
        let variance = values.reduce(0) { $0 + (Double($1) - 0.5) * (Double($1) - 0.5) } / n
        #expect(abs(variance - 25.0 / 12) <= 4 * 25 / (180 * n).squareRoot())
    }

    @Test(arguments: InstructionSet.available)
    func valuesDependOnSeedStreamAndPlaceAlone(set: InstructionSet) {
        let expected = draw(InstructionSet.available[0])
        for threads in InstructionSet.threadCounts {
            expectSameBits(draw(set, threads: threads), expected, "\(threads) threads")
        }
        for count in [0, 1, 2, 3, 5, 66] {
            expectSameBits(draw(set, count: count), Array(expected[..<count]), "\(count) elements")
        }
        #expect(draw(set, seed: 3) != expected)
        #expect(draw(set, stream: 3) != expected)
    }

    /// Element 2 of this stream has the greatest 24 bits of all, so that low + (high - low)·u
    /// would round up to `high`.
    @Test(arguments: InstructionSet.available)
    func theUpperEndIsNeverReached(set: InstructionSet) {
        let values = draw(set, low: 1, high: 2, seed: 1, stream: 245_165, count: 4)
        #expect(values.allSatisfy { $0 >= 1 && $0 < 2 })
        #expect(values.max()! > 1.9999)
    }
}
