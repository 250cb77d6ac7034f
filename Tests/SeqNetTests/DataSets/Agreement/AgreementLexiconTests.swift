@testable import SeqNet
import Testing

struct AgreementLexiconTests {
    private let symbols = AgreementLexicon.symbols

    private func words(ofSymbols prefix: String, _ suffix: String = "") -> Set<String> {
        Set(
            symbols.filter { $0.key.hasPrefix(prefix) && $0.key.hasSuffix(suffix) }.values.joined())
    }

    @Test func aVerbOfTheOtherNumberHasTheFirstOneBack() {
        let others = AgreementLexicon.verbOfOtherNumber
        #expect(others["is"] == "are" && others["chases"] == "chase")
        for (verb, other) in others {
            #expect(verb != other)
            #expect(others[other] == verb)
        }
    }

    @Test func noFormOfANounIsOfBothNumbers() {
        #expect(!words(ofSymbols: "Noun", ".one").isEmpty)
        let many = words(ofSymbols: "Noun", ".many")
        #expect(words(ofSymbols: "Noun", ".one").isDisjoint(with: many))
    }

    /// Else a wrong sentence could be read as a right one.
    @Test func noWordIsANounAndAVerb() {
        #expect(words(ofSymbols: "Noun").isDisjoint(with: words(ofSymbols: "Verb")))
    }

    @Test func noPastFormLooksLikeAFormWithANumber() {
        let numbered = words(ofSymbols: "Verb", ".one").union(words(ofSymbols: "Verb", ".many"))
        #expect(words(ofSymbols: "Verb", ".past").isDisjoint(with: numbered))
        #expect(words(ofSymbols: "Verb", ".done").isDisjoint(with: numbered))
    }

    @Test func wordsAreLowerCaseLetters() {
        for word in symbols.values.joined() {
            #expect(word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        }
    }
}
