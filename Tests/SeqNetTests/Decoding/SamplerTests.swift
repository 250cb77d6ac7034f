import Testing

@testable import SeqNet

struct SamplerTests {
    private let context: KernelContext
    private let vocabulary: Vocabulary

    /// Ids of the vocabulary: newline, `<unk>`, a, b, c, d.
    init() throws {
        context = try KernelContext(threads: 1)
        vocabulary = try Tiny.characters(6)
    }

    private func logits(_ probabilities: [Double]) -> [Float] { probabilities.map { Float(naturalLog($0)) } }

    private func draw(
        _ count: Int, _ logits: [Float], _ options: SamplingOptions, seed: UInt64 = 1,
        sequence: Int = 0
    ) throws -> [Int32] {
        var sampler = Sampler(options, vocabulary, seed: seed, sequence: sequence, context)
        return try logits.withUnsafeBufferPointer { logits in
            try (0..<count).map { _ in try sampler.next(logits) }
        }
    }

    /// Expects the shares of 20,000 draws within four standard deviations; the seed is fixed.
    private func expectShares(
        _ probabilities: [Double], _ logits: [Float], _ options: SamplingOptions,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let count = 20_000
        let ids = try draw(count, logits, options)
        for (id, probability) in probabilities.enumerated() {
            let share = Double(ids.filter { $0 == Int32(id) }.count) / Double(count)
            let deviation = (probability * (1 - probability) / Double(count)).squareRoot()
            #expect(
                abs(share - probability) <= 4 * deviation, "token \(id): \(share), not \(probability)",
                sourceLocation: sourceLocation)
        }
    }

    private let skewed = [0.1, 0, 0.4, 0.3, 0.05, 0.15]

    @Test func drawsFollowTheSoftmax() throws {
        try expectShares(skewed, logits(skewed), .standard)
        try expectShares(skewed, logits(skewed).map { $0 + 80 }, .standard)
    }

    @Test func theTemperatureSharpensAndFlattens() throws {
        func powers(_ exponent: Double) -> [Double] {
            let powers = skewed.map { $0 == 0 ? 0 : naturalExp(exponent * naturalLog($0)) }
            return powers.map { $0 / powers.reduce(0, +) }
        }
        try expectShares(powers(2), logits(skewed), SamplingOptions(temperature: 0.5))
        try expectShares(powers(0.5), logits(skewed), SamplingOptions(temperature: 2))
    }

    @Test func extremeTemperaturesAreFine() throws {
        let cold = try draw(20, logits(skewed), SamplingOptions(temperature: 1e-300))
        #expect(cold == Array(repeating: 2, count: 20))
        let logits: [Float] = [1, 50, 2, 3, 4, 5]
        try expectShares([0.2, 0, 0.2, 0.2, 0.2, 0.2], logits, SamplingOptions(temperature: 1e300))
    }

    @Test func temperatureZeroTakesTheLikeliestOfEqualsTheFirst() throws {
        let greedy = try SamplingOptions(temperature: 0)
        #expect(try draw(3, [0, 9, 1, 3, 3, 2], greedy) == [3, 3, 3])
        #expect(try draw(2, [7, 7, 7, 7, 7, 7], greedy) == [0, 0])
        #expect(try draw(2, [-5, -5, -4, -9, -4, -7], greedy) == [2, 2])
    }

    @Test func topKKeepsTheLikeliestOfEqualsTheFirst() throws {
        try expectShares([0, 0, 4.0 / 7, 3.0 / 7, 0, 0], logits(skewed), SamplingOptions(topK: 2))
        try expectShares([0.5, 0, 0.5, 0, 0, 0], [1, 1, 1, 1, 1, 1], SamplingOptions(topK: 2))
        try expectShares(skewed, logits(skewed), SamplingOptions(topK: 100))
        #expect(try draw(5, [1, 1, 1, 2, 2, 1], SamplingOptions(topK: 1)) == [3, 3, 3, 3, 3])
    }

    @Test func topPKeepsAsFewAsReachIt() throws {
        // By rank 0.4, 0.3, 0.15, 0.1, 0.05.
        try expectShares([0, 0, 1, 0, 0, 0], logits(skewed), SamplingOptions(topP: 0.39))
        try expectShares([0, 0, 4.0 / 7, 3.0 / 7, 0, 0], logits(skewed), SamplingOptions(topP: 0.41))
        try expectShares(
            [0, 0, 8.0 / 17, 6.0 / 17, 0, 3.0 / 17], logits(skewed), SamplingOptions(topP: 0.8))
        // Equal tokens enter by id; three of five are 0.6 exactly.
        try expectShares(
            [1.0 / 3, 0, 1.0 / 3, 1.0 / 3, 0, 0], [1, 1, 1, 1, 1, 1], SamplingOptions(topP: 0.6))
    }

    @Test func filtersActInOrderOnWhatIsLeft() throws {
        // Top-k leaves 4/7 and 3/7: the first alone reaches 0.55, as it does not of the whole.
        try expectShares([0, 0, 1, 0, 0, 0], logits(skewed), SamplingOptions(topK: 2, topP: 0.55))
        try expectShares(
            [0, 0, 4.0 / 7, 3.0 / 7, 0, 0], logits(skewed), SamplingOptions(topK: 2, topP: 0.6))
        // Squared and renormalised 0.4 becomes 0.56.
        try expectShares([0, 0, 1, 0, 0, 0], logits(skewed), SamplingOptions(temperature: 0.5, topP: 0.55))
    }

    @Test func unknownIsDrawnOnlyWhenAllowed() throws {
        let likelyUnknown: [Float] = [0, 10, 1, 1, 1, 1]
        #expect(try !draw(2000, likelyUnknown, .standard).contains(1))
        #expect(try !draw(2000, likelyUnknown, SamplingOptions(topK: 3, topP: 0.9)).contains(1))
        #expect(try draw(1, likelyUnknown, SamplingOptions(temperature: 0)) == [2])
        #expect(
            try draw(1, likelyUnknown, SamplingOptions(temperature: 0, allowsUnknown: true)) == [1])
        #expect(try draw(100, likelyUnknown, SamplingOptions(allowsUnknown: true)).contains(1))
        // It does not count among the k.
        try expectShares([0, 0, 0.5, 0.5, 0, 0], likelyUnknown, SamplingOptions(topK: 2))
    }

    /// Pins the draws: a change would change every sample, on every instruction set.
    @Test func drawsArePinned() throws {
        let logits: [Float] = [1, 0.5, 2, -1, 0, 1.5]
        for name in ["generic", "avx2", "avx512", "neon"] {
            guard let context = try? KernelContext(threads: 1, instructionSet: name) else { continue }
            var sampler = Sampler(
                try SamplingOptions(temperature: 1.25, topK: 4, topP: 0.95), vocabulary, seed: 7,
                sequence: 2, context)
            let ids = try logits.withUnsafeBufferPointer { logits in
                try (0..<16).map { _ in try sampler.next(logits) }
            }
            #expect(ids == [2, 2, 2, 2, 5, 4, 0, 2, 5, 5, 0, 4, 5, 2, 4, 2], "\(name)")
        }
    }

    @Test func seedsAndSequencesAreIndependent() throws {
        let even: [Float] = [1, 1, 1, 1, 1, 1]
        let first = try draw(50, even, .standard)
        #expect(try draw(50, even, .standard) == first)
        #expect(try draw(50, even, .standard, seed: 2) != first)
        #expect(try draw(50, even, .standard, sequence: 1) != first)
    }

    @Test(arguments: [Float.nan, .infinity])
    func logitsThatAreNoNumbersAreAnError(value: Float) throws {
        let damaged: [Float] = [1, 2, 3, value, 4, 5]
        for options in [SamplingOptions.standard, try SamplingOptions(temperature: 0)] {
            let error = #expect(throws: SeqNetError.self) { try draw(1, damaged, options) }
            #expect(error?.kind == .badData)
        }
        let none = [Float](repeating: -.infinity, count: 6)
        #expect(throws: SeqNetError.self) { try draw(1, none, .standard) }
    }

    @Test func aTokenOfNoProbabilityIsNotDrawn() throws {
        let impossible: [Float] = [1, 1, -.infinity, 1, -200, 1]
        let ids = try draw(2000, impossible, .standard)
        #expect(Set(ids) == [0, 3, 5])
    }
}
