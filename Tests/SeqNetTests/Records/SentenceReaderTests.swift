import Testing

@testable import SeqNet

struct SentenceReaderTests {
    private func read(_ lines: [String], _ layout: SentenceReader.Layout) throws -> [[String]] {
        var reader = SentenceReader(source: "stdin", layout: layout)
        var sentences = try lines.compactMap { try reader.take(Array($0.utf8)) }
        if let last = reader.finish() { sentences.append(last) }
        return sentences
    }

    @Test(arguments: [
        (["a", "b", "", "c"], [["a", "b"], ["c"]]),
        (["a", ""], [["a"]]),
        ([" a\t", "b\r", "\u{3000}", "c"], [["a", "b"], ["c"]]),
        // A blank line in is a blank line out.
        (["a", "", "", "c"], [["a"], [], ["c"]]),
        (["", "a"], [[], ["a"]]),
        ([], []),
    ])
    func aWordALine(lines: [String], expected: [[String]]) throws {
        #expect(try read(lines, .wordALine) == expected)
    }

    @Test(arguments: [
        (["a b", "c"], [["a", "b"], ["c"]]),
        (["", "\u{FEFF}a"], [[], ["\u{FEFF}a"]]),
        (["\u{FEFF}a\u{A0}b \u{3000}\tc\r"], [["a", "b", "c"]]),
        (["e\u{301} \u{E9}"], [["e\u{301}", "\u{E9}"]]),
    ])
    func aSentenceALine(lines: [String], expected: [[String]]) throws {
        let sentences = try read(lines, .sentenceALine)
        let bytes = { (sentences: [[String]]) in sentences.map { $0.map { Array($0.utf8) } } }
        #expect(bytes(sentences) == bytes(expected))
    }

    @Test func aSentenceIsThereAsSoonAsItEnds() throws {
        var reader = SentenceReader(source: "stdin", layout: .wordALine)
        #expect(try reader.take(Array("a".utf8)) == nil)
        #expect(try reader.take([]) == ["a"])
    }

    @Test func aLineOf100000WordsIsRead() throws {
        let line = Array(repeating: "word", count: 100_000).joined(separator: " ")
        #expect(try read([line], .sentenceALine).map(\.count) == [100_000])
    }

    @Test func severalWordsWhereOneIsDueAreRefused() {
        let error = #expect(throws: SeqNetError.self) { try read(["a", "", "b c d"], .wordALine) }
        #expect(error?.kind == .badData)
        #expect(
            error?.message == "stdin, line 3: has 3 words; give one a line and a blank line between "
                + "two sentences, or a sentence a line with --lines")
    }

    @Test(arguments: [([0x61, 0xFF], "not valid UTF-8"), ([0x61, 0x00], "a NUL byte")])
    func whatIsNoTextIsRefused(bytes: [UInt8], expected: String) {
        var reader = SentenceReader(source: "stdin", layout: .sentenceALine)
        let error = #expect(throws: SeqNetError.self) { _ = try reader.take(bytes) }
        #expect(error?.message.contains("stdin, line 1: \(expected)") == true)
    }
}
