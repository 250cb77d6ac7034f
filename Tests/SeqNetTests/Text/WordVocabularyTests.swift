import Testing

@testable import SeqNet

struct WordVocabularyTests {
    private func vocabulary(
        _ words: [String], minimumCount: Int = 1, maximumSize: Int? = nil, lowercase: Bool = false
    ) throws -> WordVocabulary {
        try WordVocabulary(
            training: [words],
            limits: VocabularyLimits(minimumCount: minimumCount, maximumSize: maximumSize),
            lowercase: lowercase)
    }

    @Test func wordsAreCountedInLowerCaseAndLettersAsTheyAre() throws {
        let both = try vocabulary(["The", "the", "Zoë"], minimumCount: 2, lowercase: true)
        #expect(both.words.tokens == ["<eos>", "<unk>", "the"])
        #expect(both.characters.tokens == ["\n", "<unk>", "e", "h"])
        #expect(both.id(of: "THE") == 2 && both.id(of: "Zoë") == nil)
        let exact = try vocabulary(["The", "the", "Zoë"])
        #expect(exact.words.tokens == ["<eos>", "<unk>", "The", "Zoë", "the"])
        #expect(exact.id(of: "THE") == nil)
    }

    /// As the tokenizer of texts does it, which knows no context either.
    @Test func lowerCaseIsThatOfTheTokenizer() throws {
        let word = "ΟΔΟΣİSTANBUL"
        let lower = try Tokenizer(kind: .words, lowercase: true).tokens(inLine: word)[0]
        #expect(try vocabulary([word], lowercase: true).words.id(of: lower) != nil)
    }

    @Test func theGreatestSizeIsThatOfTheWords() throws {
        let limited = try vocabulary(["a", "b", "b", "c"], maximumSize: 3)
        #expect(limited.words.tokens == ["<eos>", "<unk>", "b"])
        #expect(limited.characters.count == 2 + 3)
    }

    @Test func wordsWithWhiteSpaceAreKnownByTheirLettersAlone() throws {
        let spaced = try vocabulary(["của tôi", "a\u{A0}b"])
        #expect(spaced.words.tokens == ["<eos>", "<unk>"])
        #expect(spaced.characters(of: "a\u{A0}b").count == 3)
        #expect(!spaced.characters(of: "a\u{A0}b").contains(spaced.characters.unknown!))
    }

    @Test func lettersAreScalars() throws {
        let accents = try vocabulary(["\u{E9}", "e\u{301}"])
        #expect(accents.characters(of: "\u{E9}").count == 1)
        #expect(accents.characters(of: "e\u{301}").count == 2)
        #expect(accents.characters(of: "x") == [accents.characters.unknown!])
    }

    @Test func aLongWordIsReadByItsEnds() throws {
        let characters = try vocabulary(["a", "b", "c"])
        let most = WordVocabulary.mostCharacters
        let exact = String(repeating: "a", count: most)
        #expect(characters.characters(of: exact).count == most)
        let long = String(repeating: "a", count: 40) + String(repeating: "b", count: 100_000) + "c"
        let read = characters.characters(of: long)
        let ids = "abc".map { characters.characters.id(of: String($0))! }
        #expect(read.prefix(32).allSatisfy { $0 == ids[0] } && read.count == most)
        #expect(read[32..<63].allSatisfy { $0 == ids[1] } && read.last == ids[2])
    }
}
