import Testing

@testable import SeqNet

struct LineScorerTests {
    private let context: KernelContext
    private let model: LanguageModel

    init() throws {
        context = try KernelContext(threads: 1)
        model = try Tiny.model(
            Tiny.characters(), context, cell: .gru(), hiddenSize: 19, layers: 2)
    }

    private func encode(_ lines: [String]) throws -> [EncodedText] {
        try lines.map { try model.configuration.tokenizer.encode(line: $0, with: model.vocabulary) }
    }

    private static let lines = ["abc", "", "hgfedcbaabcdefgh", "ébc", "b", "aé?", "abc"]

    @Test func scoresAreTheLogProbabilitiesOfASession() throws {
        let session = LanguageModelSession(model, context)
        let lines = try encode(Self.lines)
        for (line, score) in zip(lines, LineScorer(model, context).scores(of: lines)) {
            session.reset()
            var expected = 0.0
            for id in line.ids {
                let logits = session.logits.map(Double.init)
                expected += logits[Int(id)] - naturalLog(logits.map(naturalExp).reduce(0, +))
                session.read(id)
            }
            #expect(abs(score.logProbability - expected) < 1e-5 * abs(expected))
        }
    }

    @Test func theClosingSymbolCounts() throws {
        let scores = try LineScorer(model, context).scores(of: encode(Self.lines))
        #expect(scores.map(\.tokens) == [4, 1, 17, 4, 2, 4, 4])
        #expect(scores.map(\.unknownCount) == [0, 0, 0, 1, 0, 2, 0])
        #expect(scores[0] == scores[6])
        #expect(scores.allSatisfy { $0.logProbability < 0 })
    }

    @Test func theBatchDoesNotMatter() throws {
        // A line longer than a chunk of steps, too.
        let long = String(repeating: "abcdefghi", count: 300)
        let lines = try encode(Self.lines + [long] + Self.lines.reversed())
        let expected = LineScorer(model, context, batchSize: 1).scores(of: lines)
        for batchSize in [2, 3, 7, 64] {
            let scores = LineScorer(model, context, batchSize: batchSize).scores(of: lines)
            #expect(scores == expected, "batches of \(batchSize)")
        }
    }

    @Test func noLinesHaveNoScores() {
        #expect(LineScorer(model, context).scores(of: []).isEmpty)
    }
}
