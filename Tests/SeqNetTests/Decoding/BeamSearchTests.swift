import Testing

@testable import SeqNet

struct BeamSearchTests {
    private static let limit = 3, words = 4

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func model(seed: UInt64, attention: AttentionKind = .general) throws -> Translator {
        try Tiny.translator(
            context, cell: .lstm, attention: attention, feeds: attention != .none,
            targetWords: Self.words, seed: seed)
    }

    /// log P of each token after the tokens, one after another, and of the closing one if it fits.
    private func logProbabilities(_ model: Translator, _ source: [Int32], _ tokens: [Int32]) -> [[Float]] {
        let tape = Tape(inference: context)
        // The target is read up to its last token but one; what comes last does not matter.
        let batch = TranslationBatch([source], [tokens + [0]])
        let encoded = model.encode(
            batch.sources, batch.layout.keys, order: batch.layout.sources, tape)
        let outputs = model.decoder.outputs(batch.inputs, batch.layout, encoded, tape)
        let rows = model.decoder.output.logits(outputs, tape)
        return (0..<rows.rows).map { row in
            let logits = rows.rows(row..<row + 1).array.map(Double.init)
            let normaliser = naturalLog(logits.reduce(0) { $0 + naturalExp($1) })
            return logits.map { Float($0 - normaliser) }
        }
    }

    /// Every sequence there is: closed ones of 0 to 2 tokens with their closing token, and those of
    /// 3 tokens, which the limit cuts.
    private func exhaustive(
        _ model: Translator, _ source: [Int32], normalization: Double
    ) -> [(tokens: [Int32], score: Double)] {
        var all: [(tokens: [Int32], score: Double)] = []
        func visit(_ tokens: [Int32], _ sum: Double) {
            if tokens.count == Self.limit {
                all.append((tokens, sum / power(Double(tokens.count), normalization)))
                return
            }
            let next = logProbabilities(model, source, tokens).last!
            for token in 0..<Int32(Self.words) {
                let total = sum + Double(next[Int(token)])
                if token == 0 {
                    all.append((tokens, total / power(Double(tokens.count + 1), normalization)))
                } else {
                    visit(tokens + [token], total)
                }
            }
        }
        visit([], 0)
        return all.sorted { $0.score > $1.score }
    }

    private func power(_ x: Double, _ y: Double) -> Double { naturalExp(y * naturalLog(x)) }

    private func search(
        _ model: Translator, _ source: [Int32], _ options: BeamSearchOptions
    ) -> [Hypothesis] {
        TranslationSearch(model, options, context)([source])[0]
    }

    @Test(arguments: [0.0, 0.5, 1.0])
    func aBeamOfEverythingFindsTheBestThereIs(normalization: Double) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let model = try model(seed: seed)
            let source: [Int32] = [3, 5, 2, 0]
            let expected = exhaustive(model, source, normalization: normalization)
            #expect(expected.count == 1 + 3 + 9 + 27)
            let options = try BeamSearchOptions(
                beam: 100, nBest: 40, lengthNormalization: normalization, mostTokens: Self.limit)
            let found = search(model, source, options)
            #expect(found.map(\.tokens) == expected.map(\.tokens))
            for (own, other) in zip(found, expected) {
                #expect(abs(own.score - other.score) <= 1e-5)
                #expect(own.attention.count == own.tokens.count)
                #expect(own.attention.allSatisfy { $0.count == source.count })
            }
        }
    }

    @Test func aBeamOfOneTakesTheLikeliestTokenEachTime() throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            let model = try model(seed: seed)
            let source: [Int32] = [4, 2, 0]
            var tokens: [Int32] = []
            while tokens.count < Self.limit {
                let next = logProbabilities(model, source, tokens).last!
                let token = Int32(next.indices.max { next[$0] < next[$1] }!)
                if token == 0 { break }
                tokens.append(token)
            }
            let found = search(model, source, try BeamSearchOptions(beam: 1, mostTokens: Self.limit))
            #expect(found.map(\.tokens) == [tokens])
        }
    }

    @Test(arguments: [AttentionKind.none, .additive], [1, 4])
    func theBatchDoesNotMatter(attention: AttentionKind, beam: Int) throws {
        let model = try Tiny.translator(
            context, layers: 2, attention: attention, targetWords: 30, scale: 0.7)
        let sources = Tiny.pairs([(3, 1), (7, 1), (1, 1), (7, 1), (4, 1), (2, 1)]).sources
        let options = try BeamSearchOptions(beam: beam, nBest: beam)
        let search = TranslationSearch(model, options, context)
        let together = search(sources)
        #expect(Set(together.map { $0[0].tokens.count }).count > 1, "they end at different steps")
        #expect(sources.map { search([$0])[0] } == together)
        #expect(search(Array(sources.reversed())) == together.reversed())
        #expect(search([]) == [])
    }

    @Test func numbersOutOfRangeAreRefused() {
        #expect(throws: SeqNetError.self) { try BeamSearchOptions(beam: 0) }
        #expect(throws: SeqNetError.self) { try BeamSearchOptions(beam: 3, nBest: 4) }
    }
}
