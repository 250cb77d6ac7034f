import SeqNet
import Testing

@Suite struct TokenizerTests {
    private func words(
        _ text: String, lowercase: Bool = false, splitPunctuation: Bool = false
    ) throws -> [String] {
        let tokenizer = try Tokenizer(
            kind: .words, lowercase: lowercase, splitPunctuation: splitPunctuation)
        return strings(try tokenizer.tokens(inPrompt: text))
    }

    private func characters(_ text: String, lowercase: Bool = false) throws -> [String] {
        strings(try Tokenizer(kind: .characters, lowercase: lowercase).tokens(inPrompt: text))
    }

    @Test func aLineOfWordsClosesWithEos() throws {
        let tokenizer = try Tokenizer(kind: .words)
        #expect(
            strings(try tokenizer.tokens(inLine: "the  cat\tsat")) == [
                "the", "cat", "sat", "<eos>",
            ])
        #expect(strings(try tokenizer.tokens(inLine: "")) == ["<eos>"])
        #expect(strings(try tokenizer.tokens(inLine: " \t ")) == ["<eos>"])
        #expect(strings(try tokenizer.tokens(inLine: "cat\r")) == ["cat", "<eos>"])
    }

    @Test func aLineOfCharactersOrBytesClosesWithANewline() throws {
        let characters = try Tokenizer(kind: .characters)
        #expect(strings(try characters.tokens(inLine: "a b")) == ["a", " ", "b", "\n"])
        #expect(strings(try characters.tokens(inLine: "a\r")) == ["a", "\n"])
        let bytes = try Tokenizer(kind: .bytes)
        #expect(try bytes.tokens(inLine: "é\r") == [[0xC3], [0xA9], [0x0D], [0x0A]])
    }

    @Test func aPromptStaysOpen() throws {
        #expect(try words("the cat") == ["the", "cat"])
        #expect(try words("the cat\nsat\n") == ["the", "cat", "<eos>", "sat", "<eos>"])
        #expect(try words("") == [])
        #expect(try characters("ab\r") == ["a", "b", "\r"])
    }

    @Test func wordsAreSplitAtEveryUnicodeWhiteSpace() throws {
        let spaces =
            "\t\u{B}\u{C}\r \u{85}\u{A0}\u{1680}\u{2000}\u{2003}\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}"
        for space in spaces.unicodeScalars {
            #expect(try words("a\(space)b") == ["a", "b"], "U+\(String(space.value, radix: 16))")
        }
        // Neither the zero width space nor the word joiner is White_Space.
        #expect(try words("a\u{200B}b\u{2060}c") == ["a\u{200B}b\u{2060}c"])
    }

    @Test func aWordsScriptDoesNotMatter() throws {
        #expect(try words("नमस्ते दुनिया") == ["नमस्ते", "दुनिया"])
        #expect(try words("你好\u{3000}世界 🦜👩‍👩‍👧") == ["你好", "世界", "🦜👩‍👩‍👧"])
    }

    @Test func charactersAreScalars() throws {
        #expect(try characters("नि").count == 2)
        #expect(try characters("👩‍👧").count == 3)
        #expect(try characters("中a🦜") == ["中", "a", "🦜"])
    }

    @Test func composedAndDecomposedLettersDiffer() throws {
        let tokenizer = try Tokenizer(kind: .characters)
        #expect(try tokenizer.tokens(inPrompt: "\u{E9}") == [[0xC3, 0xA9]])
        #expect(try tokenizer.tokens(inPrompt: "e\u{301}") == [[0x65], [0xCC, 0x81]])
    }

    @Test func aByteOrderMarkIsDroppedAtTheStartOnly() throws {
        #expect(try words("\u{FEFF}the") == ["the"])
        #expect(try characters("\u{FEFF}a\u{FEFF}") == ["a", "\u{FEFF}"])
        let later = try Tokenizer(kind: .characters).tokens(inLine: "\u{FEFF}", lineNumber: 2)
        #expect(strings(later) == ["\u{FEFF}", "\n"])
        #expect(try Tokenizer(kind: .bytes).tokens(inPrompt: "\u{FEFF}").count == 3)
    }

    @Test func crlfIsANewlineAndALoneCRIsNot() throws {
        #expect(try characters("a\r\nb\rc\r\r\n") == ["a", "\n", "b", "\r", "c", "\r", "\n"])
        #expect(try words("a\r\nb\rc\r\n") == ["a", "<eos>", "b", "c", "<eos>"])
    }

    @Test func punctuationMayStandAlone() throws {
        #expect(
            try words("Well, don't—“stop”!", splitPunctuation: true)
                == ["Well", ",", "don", "'", "t", "—", "“", "stop", "”", "!"])
        #expect(try words("a_b (c)", splitPunctuation: true) == ["a", "_", "b", "(", "c", ")"])
        #expect(try words("你好。क्या।", splitPunctuation: true) == ["你好", "。", "क्या", "।"])
        // Symbols are no punctuation, so <unk> stays whole.
        #expect(try words("<unk> 3+4=$7 ^", splitPunctuation: true) == ["<unk>", "3+4=$7", "^"])
    }

    @Test func lowercaseFollowsTheScalar() throws {
        #expect(try words("The CAT ÉTÉ Ωμέγα", lowercase: true) == ["the", "cat", "été", "ωμέγα"])
        // A final sigma takes its neighbours into account; a scalar's mapping does not.
        #expect(try words("ΟΔΟΣ", lowercase: true) == ["οδοσ"])
        #expect(try characters("AÉİ中", lowercase: true) == ["a", "é", "i", "\u{307}", "中"])
        #expect(
            try words("Don'T ÀB", lowercase: true, splitPunctuation: true) == [
                "don", "'", "t", "àb",
            ])
    }

    @Test func contradictingOptionsAreRefused() {
        #expect(
            throws: SeqNetError(
                .usage,
                "--lowercase: does not go with --tokens bytes, which are taken as they are; "
                    + "leave it out, or use --tokens characters")
        ) { try Tokenizer(kind: .bytes, lowercase: true) }
        #expect(
            throws: SeqNetError(
                .usage,
                "--split-punctuation: does not go with --tokens characters, which are split "
                    + "already; leave it out, or use --tokens words")
        ) { try Tokenizer(kind: .characters, splitPunctuation: true) }
    }

    @Test func linesAndPromptsAreEncoded() throws {
        var counts = TokenCounts()
        for word in ["the", "cat", "sat"] { counts.add(word) }
        let vocabulary = try Vocabulary(
            kind: .words, counts: counts, limits: VocabularyLimits())
        let tokenizer = try Tokenizer(kind: .words)
        // <eos> 0, <unk> 1, cat 2, sat 3, the 4
        let line = try tokenizer.encode(line: "the dog sat <unk>", with: vocabulary)
        #expect(line.ids == [4, 1, 3, 1, 0])
        #expect(line.unknownCount == 1)
        let prompt = try tokenizer.encode(prompt: "the cat", with: vocabulary)
        #expect(prompt.ids == [4, 2])
        #expect(prompt.unknownCount == 0)
        let raw = try Tokenizer(kind: .bytes).encode(line: [0xFF, 0x00], with: .bytes)
        #expect(raw.ids == [255, 0, 10])
    }

    @Test func badLinesAreNamed() throws {
        let tokenizer = try Tokenizer(kind: .words)
        #expect(
            throws: SeqNetError(
                .badData,
                "text 'a.txt', line 7, byte offset 3: not valid UTF-8 (byte 0xE9); convert it, as "
                    + "`iconv -f LATIN1 -t UTF-8` does, or train on bytes (--tokens bytes)")
        ) {
            try tokenizer.tokens(
                inLine: [0x63, 0x61, 0x66, 0xE9], source: "text 'a.txt'", lineNumber: 7)
        }
        #expect(
            throws: SeqNetError(
                .badData,
                "prompt, line 1, byte offset 1: a NUL byte, so this is binary data and no text; "
                    + "give a UTF-8 text, or train on bytes (--tokens bytes)")
        ) { try tokenizer.tokens(inPrompt: "a\0") }
    }
}
