import Testing

@testable import SeqNet

struct TranslatorPartTests {
    /// A source that is cut still ends; a target that is cut does not, so that no false end is learned.
    @Test func longSidesAreCut() throws {
        let most = Translator.mostTokens(of: .words)
        func line(_ count: Int) -> String { Array(repeating: "a", count: count).joined(separator: " ") }
        let words = try Tiny.words(["a"])
        let text = TranslatorText(
            source: words, target: words, detokenization: DetokenizationRules(learnedFrom: []))
        let pairs = [(most, most), (most + 1, 2), (3, most + 1)].enumerated().map { index, lengths in
            SentencePair(line: index + 1, source: line(lengths.0), target: line(lengths.1))
        }
        let part = try TranslatorPart(pairs, name: "long.tsv", Tokenizer(kind: .words), text)
        #expect(part.sources.lengths == [most + 1, most + 1, 4])
        #expect(part.targets.lengths == [most + 1, 3, most])
        #expect(part.cutCount == 2)
        #expect(part.sources[1].last == words.lineEnd && part.targets[2].last != words.lineEnd)
    }
}
