@testable import SeqNet
import Testing

struct PhraseGrammarTests {
    private func grammar(
        _ rules: String, lexicon: [String: [String]] = [:], greatestLength: Int = 8
    ) -> PhraseGrammar {
        var reader = GrammarReader(
            placeholders: [("#", [".one", ".many"])], lexicon: lexicon)
        return reader.grammar(of: rules, greatestLength: greatestLength)
    }

    /// Draws until all that the grammar can say has most likely been said.
    private func phrases(_ grammar: PhraseGrammar, _ name: String, length: Int) -> Set<String> {
        var random = Random(seed: 1, stream: 0)
        return Set(
            (0..<200).map { _ in
                grammar.phrase(name, length: length, random: &random).joined(separator: " ")
            })
    }

    @Test func drawsEveryPhraseOfALengthAndNoOther() {
        let grammar = grammar(
            "Phrase = the Noun | the Noun near Phrase", lexicon: ["Noun": ["dog", "cat"]])
        #expect(phrases(grammar, "Phrase", length: 2) == ["the dog", "the cat"])
        #expect(
            phrases(grammar, "Phrase", length: 5) == [
                "the dog near the dog", "the dog near the cat", "the cat near the dog",
                "the cat near the cat",
            ])
        #expect(!grammar.hasPhrase("Phrase", length: 3))
        #expect(!grammar.hasPhrase("Phrase", length: 0))
        #expect(grammar.hasPhrase("Phrase", length: 8))
    }

    @Test func expandsAPlaceholderAlikeAllAlongTheLine() {
        let grammar = grammar(
            """
            -- a comment
            Phrase = Phrase#
            Phrase# = the Noun# Verb#
            """,
            lexicon: [
                "Noun.one": ["dog"], "Noun.many": ["dogs"], "Verb.one": ["eats"],
                "Verb.many": ["eat"],
            ])
        #expect(phrases(grammar, "Phrase", length: 3) == ["the dog eats", "the dogs eat"])
        #expect(phrases(grammar, "Phrase.many", length: 3) == ["the dogs eat"])
    }

    @Test func addsUpTheLinesOfASymbol() {
        let grammar = grammar("A = x | y\nA = z")
        #expect(phrases(grammar, "A", length: 1) == ["x", "y", "z"])
    }

    /// A becomes n words with a chance of 3/4 · (1/4)^(n-1).
    @Test func knowsTheProbabilityOfEachLength() {
        let lengths = PhraseLengths(
            meanings: [
                .words(["a"]),
                .rules([.init(weight: 3, parts: [0]), .init(weight: 1, parts: [0, 1])]),
            ], greatestLength: 6)
        var expected = 0.75
        #expect(lengths.probability(of: 1, length: 0) == 0)
        for length in 1...6 {
            #expect(lengths.probability(of: 1, length: length) == expected)
            expected /= 4
        }
    }

    /// Three parts, the words of which can be divided in many ways: A A A has n words with a
    /// chance of C(n-1, 2) / 2^n, as three throws of a coin until heads need n throws.
    @Test func sumsOverAllDivisionsAmongTheParts() {
        let lengths = PhraseLengths(
            meanings: [
                .rules([.init(weight: 1, parts: [1, 1, 1])]),
                .rules([.init(weight: 1, parts: [2]), .init(weight: 1, parts: [2, 1])]),
                .words(["a"]),
            ], greatestLength: 9)
        for length in 3...9 {
            let ways = Double((length - 1) * (length - 2) / 2)
            let expected = ways / Double(1 << length)
            #expect(abs(lengths.probability(of: 0, length: length) - expected) < 1e-15)
        }
    }

    @Test func drawsInProportionToTheWeights() {
        let grammar = grammar("A = 9 x | y")
        var random = Random(seed: 3, stream: 0)
        let count = (0..<4000).count { _ in
            grammar.phrase("A", upTo: 2, random: &random) == ["x"]
        }
        // Mean 3600, standard deviation 19.
        #expect((3500...3700).contains(count))
    }

    @Test func drawsNoMoreWordsThanAskedFor() {
        let grammar = grammar("A = x | x A")
        var random = Random(seed: 5, stream: 0)
        let lengths = Set(
            (0..<500).map { _ in grammar.phrase("A", upTo: 3, random: &random).count })
        #expect(lengths == [1, 2, 3])
    }
}
