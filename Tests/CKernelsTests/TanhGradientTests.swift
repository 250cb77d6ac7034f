import CKernels
import TestSupport
import Testing

@Suite struct TanhGradientTests {
    private func gradient(
        _ set: InstructionSet, threads: Int = 1, dx: [Float], dy: [Float], y: [Float]
    ) -> [Float] {
        var context = set.context(threads: threads)
        let sum = AlignedFloats(dx), above = AlignedFloats(dy), values = AlignedFloats(y)
        sn_tanh_backward(&context, sum.pointer, above.pointer, values.pointer, y.count)
        return sum.values
    }

    /// Two roundings of the product and one of the sum.
    @Test(arguments: InstructionSet.available)
    func addsTheProductWithTheSlope(set: InstructionSet) {
        for count in [0] + set.sizes {
            var random = SeededRandom(1)
            let dx = random.floats(count), dy = random.floats(count), y = random.floats(count)
            let products = zip(dy, y).map { Double($0) * (1 - Double($1) * Double($1)) }
            let expected = zip(dx, products).map { Double($0) + $1 }
            let scale = zip(dx, products).map { Double($0.magnitude) + $1.magnitude + 1 }
            expectWithin(
                gradient(set, dx: dx, dy: dy, y: y), expected, bound: 1.5e-7, scale: scale,
                "\(count) elements")
        }
    }

    @Test(arguments: InstructionSet.available)
    func specialValues(set: InstructionSet) {
        let y: [Float] = [1, -1, 0, -0.0, .nan, 0.5]
        let result = gradient(
            set, dx: [2, 2, 2, 2, 2, .nan], dy: [3, 3, 3, 3, 3, 3], y: y)
        #expect(result[0..<4] == [2, 2, 5, 5])
        #expect(result[4].isNaN && result[5].isNaN)
    }

    @Test(arguments: InstructionSet.available)
    func threadsGiveTheSameBits(set: InstructionSet) {
        var random = SeededRandom(2)
        let count = 100_003
        let dx = random.floats(count), dy = random.floats(count), y = random.floats(count)
        let expected = gradient(set, dx: dx, dy: dy, y: y)
        for threads in [2, 3] {
            let actual = gradient(set, threads: threads, dx: dx, dy: dy, y: y)
            expectSameBits(actual, expected, "\(threads) threads")
        }
    }
}
