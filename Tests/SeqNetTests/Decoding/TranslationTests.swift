import Testing

@testable import SeqNet

struct TranslationTests {
    private static let source = ["ein", "Haus", "<eos>"].map { Array($0.utf8) }

    private func translation(_ tokens: [Int32], _ attention: [[Float]]) throws -> [String] {
        let translation = Translation(
            Hypothesis(tokens: tokens, logProbability: -1, score: -1, attention: attention),
            of: Self.source, try Tiny.words(["a", "house"])
        ) { "\($0.count) tokens" }
        #expect(translation.text == "\(tokens.count) tokens")
        return translation.tokens.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func anUnknownWordIsTheSourceWordItLookedAtMost() throws {
        #expect(
            try translation([2, 1, 3], [[0.8, 0.1, 0.1], [0.1, 0.3, 0.6], [0, 1, 0]])
                == ["a", "Haus", "house"])
        #expect(try translation([2, 1], []) == ["a", "<unk>"], "without attention it stays")
    }

    @Test func linesAreTranslatedOneByOne() throws {
        let context = try KernelContext(threads: 1)
        let model = try Tiny.translator(context)
        let options = try BeamSearchOptions(beam: 3, nBest: 2, mostTokens: 5)
        let lines = ["w1 w2 w3", "", "w4 neu w1"]
        let together = try model.translate(lines, options)
        #expect(together.map(\.count) == [2, 2, 2])
        #expect(try lines.map { try model.translate([$0], options)[0] } == together)
        for (line, best) in zip(lines, together) {
            let words = line.split(separator: " ").map { Array($0.utf8) } + [Array("<eos>".utf8)]
            #expect(best[0].sourceTokens == words)
            #expect(best[0].attention.count == best[0].tokens.count)
            #expect(best[0].score >= best[1].score)
        }
    }
}
