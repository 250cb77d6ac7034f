import SeqNet
import Testing

/// Collects tokens; a line's end is nil.
private struct Collector: TokenSink {
    var tokens: [[UInt8]?] = []
    mutating func receive(_ token: UnsafeBufferPointer<UInt8>) { tokens.append(Array(token)) }
    mutating func receiveLineEnd() { tokens.append(nil) }
}

@Suite struct TokenScannerTests {
    /// Scans a text in chunks that end at the cuts; the tokens, or the error.
    private func scan(
        _ bytes: [UInt8], cuts: [Int], _ tokenizer: Tokenizer
    ) -> Result<[[UInt8]?], SeqNetError> {
        var scanner = TokenScanner(tokenizer, source: "text 't'")
        var collector = Collector()
        var start = 0
        do {
            for end in cuts + [bytes.count] {
                try scanner.feed(Array(bytes[start..<end]), to: &collector)
                start = end
            }
            try scanner.finish(to: &collector)
            return .success(collector.tokens)
        } catch {
            return .failure(error as! SeqNetError)
        }
    }

    private static func tokenizers() throws -> [Tokenizer] {
        [
            try Tokenizer(kind: .bytes),
            try Tokenizer(kind: .characters),
            try Tokenizer(kind: .characters, lowercase: true),
            try Tokenizer(kind: .words),
            try Tokenizer(kind: .words, lowercase: true),
            try Tokenizer(kind: .words, lowercase: true, splitPunctuation: true),
        ]
    }

    /// Everything that a cut could break: a mark, CRLF, CR alone, scalars of 1 … 4 bytes,
    /// white space of 3 bytes, combining marks, punctuation, capitals, blank lines.
    private static let tricky = Array(
        "\u{FEFF}The Ünit\r\n\r\nनमस्ते\u{3000}世界。\ré e\u{301} 🦜!\n \nÉnd—\u{FEFF}x\r".utf8)

    @Test func cutsDoNotMatter() throws {
        for tokenizer in try Self.tokenizers() {
            let whole = scan(Self.tricky, cuts: [], tokenizer)
            #expect(try whole.get().count > 10)
            for first in 0...Self.tricky.count {
                for second in first...min(first + 4, Self.tricky.count) {
                    let cut = scan(Self.tricky, cuts: [first, second], tokenizer)
                    #expect(cut == whole, "\(tokenizer), cut at \(first) and \(second)")
                }
            }
            let single = scan(Self.tricky, cuts: Array(1..<Self.tricky.count), tokenizer)
            #expect(single == whole, "\(tokenizer), byte by byte")
        }
    }

    @Test func theTrickyTextIsReadRight() throws {
        let words = try scan(Self.tricky, cuts: [9], Tokenizer(kind: .words)).get()
        let expected: [String?] = [
            "The", "Ünit", nil, nil, "नमस्ते", "世界。", "é", "e\u{301}", "🦜!", nil, nil,
            "Énd—\u{FEFF}x", nil,
        ]
        #expect(words == expected.map { $0.map { Array($0.utf8) } })
    }

    @Test(arguments: [
        ("", 0), ("\n", 1), ("a", 1), ("a\n", 1), ("a\nb", 2), ("a\n\n", 2), ("a\n ", 2),
        ("\u{FEFF}", 0), ("\u{FEFF}\n", 1), ("a\r\nb\r\n", 2), ("a\r", 1),
    ])
    func everyLineOfWordsIsClosedOnce(_ text: String, _ lines: Int) throws {
        let tokens = try scan(Array(text.utf8), cuts: [], Tokenizer(kind: .words)).get()
        #expect(tokens.count { $0 == nil } == lines)
    }

    @Test func charactersAndBytesGetNoClosingNewline() throws {
        let text = Array("a\nb".utf8)
        for kind in [TokenKind.characters, .bytes] {
            #expect(try scan(text, cuts: [], Tokenizer(kind: kind)).get() == [[0x61], nil, [0x62]])
        }
    }

    @Test func anOpenLineIsKnown() throws {
        var scanner = TokenScanner(try Tokenizer(kind: .characters), source: "text 't'")
        var collector = Collector()
        #expect(!scanner.lineIsOpen)
        try scanner.feed(Array("\u{FEFF}".utf8), to: &collector)
        #expect(!scanner.lineIsOpen)
        try scanner.feed([0xC3], to: &collector)
        #expect(scanner.lineIsOpen)
        try scanner.feed([0xA9, 0x0A], to: &collector)
        #expect(!scanner.lineIsOpen)
    }

    /// Invalid bytes, where they lie and what the error says of them.
    private static let invalidTexts: [([UInt8], String)] = [
        (
            Array("ab\ncd é ".utf8) + [0xFF, 0x41],
            "line 2, byte offset 9: not valid UTF-8 (byte 0xFF); convert"
        ),
        ([0x61, 0xC3, 0x28], "line 1, byte offset 1: not valid UTF-8 (byte 0xC3)"),
        ([0x0A, 0xED, 0xA0, 0x80], "line 2, byte offset 1: not valid UTF-8 (byte 0xED)"),
        ([0x61, 0xF0, 0x9F, 0xA6], "line 1, byte offset 1: not valid UTF-8 (byte 0xF0)"),
        (
            [0xFF, 0xFE, 0x61, 0x00],
            "line 1, byte offset 0: not valid UTF-8 (byte 0xFF), it looks like UTF-16"
        ),
        (Array("a\r\nb\0".utf8), "line 2, byte offset 4: a NUL byte"),
    ]

    @Test func errorsSayWhereHoweverTheTextIsCut() throws {
        for (bytes, message) in Self.invalidTexts {
            for tokenizer in try Self.tokenizers() where tokenizer.kind != .bytes {
                for cut in 0...bytes.count {
                    guard case .failure(let error) = scan(bytes, cuts: [cut], tokenizer) else {
                        Issue.record("accepted \(bytes)")
                        continue
                    }
                    #expect(error.kind == .badData)
                    #expect(error.message.hasPrefix("text 't', " + message), "\(error)")
                    #expect(error.message.hasSuffix("or train on bytes (--tokens bytes)"), "\(error)")
                }
            }
            let raw = try scan(bytes, cuts: [], Tokenizer(kind: .bytes)).get()
            #expect(raw.count == bytes.count)
        }
    }

    @Test func utf16IsGuessed() throws {
        guard
            case .failure(let error) = scan(
                [0xFE, 0xFF, 0x00], cuts: [], try Tokenizer(kind: .words))
        else {
            Issue.record("accepted UTF-16")
            return
        }
        #expect(error.message.contains("`iconv -f UTF-16 -t UTF-8`"))
    }

    @Test func aWordWithoutEndIsAnError() throws {
        let tokenizer = try Tokenizer(kind: .words)
        let longest = [UInt8](repeating: 0x61, count: TokenScanner.longestWord)
        for cuts in [[], [1000]] {
            #expect(try scan(longest, cuts: cuts, tokenizer).get() == [longest, nil])
            #expect(
                scan(longest + [0x61], cuts: cuts, tokenizer)
                    == .failure(
                        SeqNetError(
                            .badData,
                            "text 't', line 1: a word of more than 1048576 bytes, so the text is not "
                                + "split by white space; use --tokens characters or --tokens bytes")
                    ))
        }
    }
}
