import SeqNet
import Testing

@Suite struct DetokenizerTests {
    private func vocabulary(_ kind: TokenKind, _ text: String) throws -> Vocabulary {
        var counts = TokenCounts()
        for token in try Tokenizer(kind: kind).tokens(inLine: text) { counts.add(token) }
        return try Vocabulary(kind: kind, counts: counts, limits: VocabularyLimits())
    }

    private func text(_ kind: TokenKind, _ text: String) throws -> String {
        let vocabulary = try vocabulary(kind, text)
        let ids = try Tokenizer(kind: kind).encode(prompt: text, with: vocabulary).ids
        return Detokenizer.text(of: ids, vocabulary)
    }

    @Test(arguments: ["one line", "नमस्ते दुनिया\n", "a\n\nb\n", "你好 世界 🦜\nend", "\n\n"])
    func textSurvivesTheRoundTrip(_ original: String) throws {
        for kind in TokenKind.allCases {
            #expect(Array(try text(kind, original).utf8) == Array(original.utf8), "\(kind)")
        }
    }

    @Test func wordsAreJoinedBySpacesAndNoLineEndsWithOne() throws {
        #expect(try text(.words, "  the \t cat \n  sat  \n") == "the cat\nsat\n")
    }

    @Test func aSampleFollowsItsPrompt() throws {
        let words = try vocabulary(.words, "the cat sat")
        var detokenizer = Detokenizer(words)
        #expect(detokenizer.append(words.id(of: "the")!) == "the")
        #expect(detokenizer.append(words.id(of: "cat")!) == " cat")
        #expect(detokenizer.append(words.lineEnd) == "\n")
        #expect(detokenizer.append(words.id(of: "sat")!) == "sat")
        #expect(detokenizer.finish() == "")
    }

    /// Whatever the prompt ends with, one white space comes between it and the first word.
    @Test(arguments: [
        ("", "cat"), ("the", " cat"), ("the ", "cat"), ("the\n", "cat"), ("the\t", "cat"), ("\u{3000}", "cat"),
        ("the.", " cat"), ("a <eos>", " cat"),
    ])
    func oneSpaceFollowsAPrompt(prompt: String, expected: String) throws {
        let words = try vocabulary(.words, "the cat")
        var detokenizer = Detokenizer(words, after: prompt)
        #expect(detokenizer.append(words.id(of: "cat")!) == expected)
        #expect(detokenizer.append(words.id(of: "the")!) == " the")
        var line = Detokenizer(words, after: prompt)
        #expect(line.append(words.lineEnd) == "\n")
        let characters = try vocabulary(.characters, "cat")
        var letters = Detokenizer(characters, after: prompt)
        #expect(letters.append(characters.id(of: "c")!) == "c")
    }

    @Test func halfAScalarIsHeldBack() {
        var detokenizer = Detokenizer(.bytes)
        let pieces = Array("é🦜a".utf8).map { detokenizer.append(Int32($0)) }
        #expect(pieces == ["", "é", "", "", "", "🦜", "a"])
        #expect(detokenizer.append(0xE2) == "")
        #expect(detokenizer.finish() == "\u{FFFD}")
        #expect(detokenizer.finish() == "")
    }

    /// Every string of up to four bytes out of those that matter, against the standard
    /// library's repair.
    @Test func invalidBytesAreRepairedAsStringsAre() {
        let alphabet: [UInt8] = [0x41, 0x80, 0x9F, 0xBF, 0xC3, 0xE0, 0xE2, 0xED, 0xF0, 0xF4, 0xFF]
        var tested = 0
        for a in alphabet {
            for b in alphabet {
                for c in alphabet {
                    for d in alphabet {
                        let bytes = [a, b, c, d]
                        let text = Detokenizer.text(of: bytes.map(Int32.init), .bytes)
                        #expect(text == String(decoding: bytes, as: UTF8.self), "\(bytes)")
                        tested += 1
                    }
                }
            }
        }
        #expect(tested == 14641)
    }
}
