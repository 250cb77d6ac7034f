import SeqNet
import Testing

@Suite struct VocabularyTokensTests {
    private func read(_ kind: TokenKind, _ tokens: [String]) throws -> Vocabulary {
        try Vocabulary(kind: kind, tokens: tokens, source: "model 'm', vocabulary")
    }

    private func refuses(
        _ kind: TokenKind, _ tokens: [String], _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let message =
            "model 'm', vocabulary: \(what); the file is damaged or not made by seqnet, use another copy"
        #expect(throws: SeqNetError(.badData, message), sourceLocation: sourceLocation) {
            try read(kind, tokens)
        }
    }

    @Test func everyKindSurvivesTheRoundTrip() throws {
        for (kind, tokens) in [
            (TokenKind.words, ["the", "\u{E9}", "e\u{301}", "नमस्ते", "🦜", "\"", "\\"]),
            (.characters, ["a", "\u{E9}", "\u{301}", "中", "🦜", "\r", "\u{2028}", "\u{FFFD}"]),
            (.bytes, ["a"]),
        ] {
            var counts = TokenCounts()
            for token in tokens { counts.add(token) }
            let built = try Vocabulary(kind: kind, counts: counts, limits: VocabularyLimits())
            let restored = try read(kind, built.tokens)
            #expect(restored == built)
            #expect(restored.counts == nil)
            #expect(restored.lineEnd == built.lineEnd)
            #expect(restored.unknown == built.unknown)
        }
    }

    @Test func bytesAreReadable() {
        let tokens = Vocabulary.bytes.tokens
        #expect(tokens.count == 256)
        #expect([tokens[0], tokens[10], tokens[255]] == ["<0x00>", "<0x0A>", "<0xFF>"])
    }

    @Test func theOrderOfAFileIsKept() throws {
        let words = try read(.words, ["z", "<unk>", "a", "<eos>"])
        #expect(words.id(of: "z") == 0)
        #expect(words.unknown == 1)
        #expect(words.lineEnd == 3)
    }

    @Test func faultsAreNamed() {
        refuses(.words, ["<eos>", "<unk>", "a", "b", "a"], "token 4 ('a') is token 2 already")
        refuses(.words, ["<eos>", "a"], "<unk> is missing")
        refuses(.words, ["<unk>", "a"], "<eos> is missing")
        refuses(.words, [], "<eos> is missing")
        refuses(.words, ["<eos>", "", "<unk>"], "token 1 ('') is empty")
        refuses(.words, ["<eos>", "a b", "<unk>"], "token 1 ('a b') holds white space")
        refuses(.characters, ["<unk>", "a"], "the newline is missing")
        refuses(.characters, ["\n", "a"], "<unk> is missing")
        refuses(.characters, ["\n", "ab"], "token 1 ('ab') is more than one character")
        refuses(
            .characters, ["\n", "<unk>", "e\u{301}"],
            "token 2 ('e\u{301}') is more than one character")
        refuses(.bytes, ["<0x00>"], "1 tokens, where bytes are 256")
        var swapped = Vocabulary.bytes.tokens
        swapped.swapAt(3, 4)
        refuses(.bytes, swapped, "token 3 is '<0x04>' in place of '<0x03>'")
    }
}
