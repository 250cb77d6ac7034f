import SeqNet
import Testing

@Suite struct VocabularyTests {
    private func vocabulary(
        _ kind: TokenKind, _ tokens: [(String, Int)], minimumCount: Int = 1, maximumSize: Int? = nil
    ) throws -> Vocabulary {
        var counts = TokenCounts()
        for (token, count) in tokens { counts.add(token, count: count) }
        let limits = try VocabularyLimits(minimumCount: minimumCount, maximumSize: maximumSize)
        return try Vocabulary(kind: kind, counts: counts, limits: limits)
    }

    @Test func tokensAreSortedByTheirBytes() throws {
        let words = try vocabulary(
            .words, [("the", 2), ("Zoo", 1), ("é", 1), ("e\u{301}", 1), ("!", 1)])
        #expect(
            words.tokens.map { Array($0.utf8) }
                == ["!", "<eos>", "<unk>", "Zoo", "e\u{301}", "the", "é"].map { Array($0.utf8) })
        #expect(words.lineEnd == 1)
        #expect(words.unknown == 2)
        #expect(words.counts == [1, 0, 0, 1, 1, 2, 1])
    }

    @Test func idsAndTokensMatch() throws {
        let words = try vocabulary(.words, [("the", 2), ("Zoo", 1), ("é", 1)])
        for id in 0..<Int32(words.count) { #expect(words.id(of: words.bytes(of: id)) == id) }
        #expect(words.id(of: "the") == 3)
        #expect(words.id(of: "The") == nil)
        #expect(words.id(of: "e\u{301}") == nil)
    }

    @Test func charactersHaveUnknownAndTheNewline() throws {
        let characters = try vocabulary(.characters, [("b", 3), ("中", 1)])
        #expect(characters.tokens == ["\n", "<unk>", "b", "中"])
        #expect(characters.lineEnd == 0)
        #expect(characters.unknown == 1)
        #expect(characters.counts == [0, 0, 3, 1])
    }

    @Test func bytesAreTheirOwnIds() throws {
        let bytes = try vocabulary(.bytes, [("a", 3), ("\n", 1)])
        #expect(bytes.count == 256)
        #expect(bytes == .bytes)
        #expect(bytes.lineEnd == 10)
        #expect(bytes.unknown == nil)
        #expect(bytes.counts?[97] == 3)
        #expect(bytes.counts?.reduce(0, +) == 4)
        #expect(bytes.id(of: [0xFF]) == 255)
        #expect(bytes.bytes(of: 255) == [0xFF])
        #expect(Vocabulary.bytes.counts == nil)
    }

    @Test func rareTokensFallToUnknown() throws {
        let words = try vocabulary(
            .words, [("a", 5), ("b", 1), ("c", 2), ("<eos>", 4), ("<unk>", 1)], minimumCount: 2)
        #expect(words.tokens == ["<eos>", "<unk>", "a", "c"])
        #expect(words.counts == [4, 2, 5, 2])
    }

    @Test func theMostFrequentTokensEnterFirst() throws {
        let tokens = [("d", 2), ("a", 1), ("c", 2), ("b", 2), ("e", 9)]
        let words = try vocabulary(.words, tokens, maximumSize: 5)
        #expect(words.tokens == ["<eos>", "<unk>", "b", "c", "e"])
        #expect(words.counts == [0, 3, 2, 2, 9])
        #expect(try vocabulary(.words, tokens, maximumSize: 100).count == 7)
        // Special tokens and the newline take no part in the contest.
        let characters = try vocabulary(
            .characters, [("\n", 1), ("x", 5), ("y", 6)], maximumSize: 3)
        #expect(characters.tokens == ["\n", "<unk>", "y"])
    }

    @Test func specialTokensSpelledOutAreThemselves() throws {
        let words = try vocabulary(.words, [("<unk>", 7), ("<eos>", 3)])
        #expect(words.tokens == ["<eos>", "<unk>"])
        #expect(words.counts == [3, 7])
    }

    @Test func impossibleLimitsAreRefused() throws {
        #expect(throws: SeqNetError(.usage, "--min-count 0: must be at least 1")) {
            try VocabularyLimits(minimumCount: 0)
        }
        #expect(throws: SeqNetError(.usage, "--vocab-size -3: must be at least 1")) {
            try VocabularyLimits(maximumSize: -3)
        }
        #expect(
            throws: SeqNetError(
                .usage,
                "--vocab-size 2: leaves no room beside the 2 tokens that every vocabulary of words "
                    + "has; use more")
        ) { try vocabulary(.words, [("a", 1)], maximumSize: 2) }
        for limits in [
            try VocabularyLimits(minimumCount: 2), try VocabularyLimits(maximumSize: 256),
        ] {
            #expect(
                throws: SeqNetError(
                    .usage,
                    "--tokens bytes: has all 256 values, whatever the text; leave out --vocab-size "
                        + "and --min-count, or use --tokens characters")
            ) { try Vocabulary(kind: .bytes, counts: TokenCounts(), limits: limits) }
        }
    }

    @Test func wordsMetOnceAreRareByDefault() {
        #expect(TokenKind.allCases.map(VocabularyLimits.standardMinimumCount) == [1, 2, 1])
    }

    @Test func oneHotHasASingleOne() throws {
        let words = try vocabulary(.words, [("a", 1), ("b", 1)])
        #expect(words.oneHot(2) == [0, 0, 1, 0])
    }

    @Test func equalityIsOfTokensAndKind() throws {
        let one = try vocabulary(.words, [("a", 1), ("b", 1)])
        #expect(try one == vocabulary(.words, [("b", 4), ("a", 2)]))
        #expect(try one != vocabulary(.words, [("a", 1), ("c", 1)]))
        #expect(try vocabulary(.words, [("\u{E9}", 1)]) != vocabulary(.words, [("e\u{301}", 1)]))
        let characters = try Vocabulary(kind: .characters, tokens: ["\n", "<unk>"], source: "m")
        #expect(
            try characters != Vocabulary(kind: .characters, tokens: ["<unk>", "\n"], source: "m"))
    }
}
