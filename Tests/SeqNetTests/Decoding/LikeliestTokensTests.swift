import TestSupport
import Testing

@testable import SeqNet

/// Held against sorting all tokens.
struct LikeliestTokensTests {
    private func kept(
        _ weights: [Float], _ keep: (inout LikeliestTokens, UnsafeMutableBufferPointer<Float>) -> Void
    ) -> [Float] {
        var weights = weights
        var tokens = LikeliestTokens()
        weights.withUnsafeMutableBufferPointer { keep(&tokens, $0) }
        return weights
    }

    /// Keeps tokens by rank until `isEnough` of what is kept.
    private func expected(_ weights: [Float], _ isEnough: (Int, Double) -> Bool) -> [Float] {
        let order = weights.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
        var result = [Float](repeating: 0, count: weights.count)
        var count = 0, sum = 0.0
        for index in order where !isEnough(count, sum) {
            result[index] = weights[index]
            count += 1
            sum += Double(weights[index])
        }
        return result
    }

    /// Weights as of a softmax, with ties, with many small ones, and with zeros.
    private func distributions(_ count: Int) -> [[Float]] {
        var random = Random(seed: 1, stream: UInt64(count))
        let smooth = (0..<count).map { _ in random.uniformFloat() }
        let steps = smooth.map { ($0 * 5).rounded() / 5 }
        let steep = smooth.map { Float(naturalExp(Double($0 - 1) * 60)) }
        let zeros = smooth.map { $0 < 0.7 ? 0 : $0 }
        let equal = [Float](repeating: 1, count: count)
        return [smooth, steps, steep, zeros, equal].map { weights in
            var weights = weights
            weights[count / 2] = 1  // the greatest weight is 1
            return weights
        }
    }

    @Test(arguments: [1, 2, 3, 7, 66, 1000])
    func aNumberOfTokensIsThatOfSorting(count: Int) {
        for (index, weights) in distributions(count).enumerated() {
            for wanted in [1, 2, 3, 10, count / 2, count - 1, count, count + 5] where wanted >= 1 {
                let result = kept(weights) { $0.keep(count: wanted, of: $1) }
                let reference = expected(weights) { kept, _ in kept == wanted }
                expectSameBits(result, reference, "distribution \(index), \(wanted) of \(count)")
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 66, 1000])
    func aShareOfTheWeightIsThatOfSorting(count: Int) {
        for (index, weights) in distributions(count).enumerated() {
            let mass = weights.reduce(0) { $0 + Double($1) }
            for share in [1e-9, 0.01, 0.3001, 0.5003, 0.9007, 0.999] {
                let target = share * mass
                let result = kept(weights) { $0.keep(weight: target, of: $1) }
                let reference = expected(weights) { _, sum in sum >= target }
                expectSameBits(result, reference, "distribution \(index), \(share) of \(count)")
            }
        }
    }

    @Test func moreThanAllWeightKeepsAll() {
        let weights: [Float] = [0.5, 1, 0.25]
        #expect(kept(weights) { $0.keep(weight: 2, of: $1) } == weights)
    }

    @Test func aSecondUseStartsAfresh() {
        var tokens = LikeliestTokens()
        for _ in 0..<2 {
            var weights: [Float] = [0.5, 1, 0.25, 0.5]
            weights.withUnsafeMutableBufferPointer { tokens.keep(count: 2, of: $0) }
            #expect(weights == [0.5, 1, 0, 0])
        }
    }
}
