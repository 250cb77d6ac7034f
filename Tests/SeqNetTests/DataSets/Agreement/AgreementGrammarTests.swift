@testable import SeqNet
import Testing

struct AgreementGrammarTests {
    private static let distances = Array(1...AgreementGrammar.greatestDistance)
    private static let grammar = AgreementGrammar()
    private var grammar: AgreementGrammar { Self.grammar }
    private let symbols = AgreementLexicon.symbols

    private func nouns(_ number: String) -> Set<String> {
        Set(
            symbols.filter { $0.key.hasPrefix("Noun") && $0.key.hasSuffix(number) }
                .values.joined())
    }

    @Test(arguments: distances) func putsTheVerbAtTheDistance(_ distance: Int) {
        let nouns = [nouns(".one"), nouns(".many")]
        var random = Random(seed: 7, stream: UInt64(distance))
        for draw in 0..<40 {
            let sentence = grammar.sentence(
                distance: distance, isPlural: draw % 2 == 1, random: &random)
            #expect(sentence.distance == distance)
            #expect(nouns[draw % 2].contains(sentence.words[sentence.noun]))
            #expect(AgreementLexicon.verbOfOtherNumber[sentence.wrongVerb] == verb(sentence))
            #expect(sentence.words.last == ".")
        }
    }

    /// The number shows on the noun and the verb and nowhere else: not on the determiner, not
    /// in between, not after.
    @Test(arguments: distances) func marksTheNumberOnNounAndVerbAlone(_ distance: Int) {
        for draw in 0..<40 {
            var random = Random(seed: 11, stream: UInt64(draw))
            var sameRandom = random
            let one = grammar.sentence(distance: distance, isPlural: false, random: &random)
            let many = grammar.sentence(distance: distance, isPlural: true, random: &sameRandom)
            let differing = zip(one.words, many.words).enumerated()
                .filter { $1.0 != $1.1 }.map(\.offset)
            #expect(one.words.count == many.words.count)
            #expect(differing == [one.noun, one.verb])
            #expect(one.wrongVerb == verb(many) && many.wrongVerb == verb(one))
        }
    }

    /// The noun next to the verb is as often of the subject's number as not.
    @Test func drawsNounsInBetweenOfEitherNumber() {
        let singular = nouns(".one"), plural = nouns(".many")
        var counts = ["one": 0, "many": 0]
        var random = Random(seed: 13, stream: 0)
        for draw in 0..<2000 {
            let sentence = grammar.sentence(
                distance: 6 + draw % 15, isPlural: true, random: &random)
            let between = sentence.words[sentence.noun + 1..<sentence.verb]
            if let last = between.last(where: { singular.contains($0) || plural.contains($0) }) {
                counts[singular.contains(last) ? "one" : "many", default: 0] += 1
            }
        }
        let share = Double(counts["many"]!) / Double(counts["one"]! + counts["many"]!)
        #expect(counts["one"]! + counts["many"]! > 1500)
        #expect((0.4...0.6).contains(share))
    }

    private func verb(_ sentence: AgreementSentence) -> String { sentence.words[sentence.verb] }
}
