import Testing

@testable import SeqNet

struct ConditionedTextTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(_ text: String, label: TuneLabel = .fileName) throws -> [ConditionedText] {
        try ConditionedText.read(contentsOf: folder.add("jigs.abc", text), label: label)
    }

    @Test func recordsOfTSV() throws {
        let records = try read("\u{FEFF}jig\tM:6/8\\nK:D\\n\\\\\\t|\r\nX: a\tb c\n%\t\"d\"\n\n\n")
        #expect(records.map(\.label) == ["jig", "X: a", "%"])
        #expect(records.map(\.text) == ["M:6/8\nK:D\n\\\t|", "b c", "\"d\""])
        #expect(records[1].place.hasSuffix("jigs.abc', line 2"))
    }

    @Test func recordsOfABC() throws {
        let text = "% a\n\nX:\t1\nT:a\nK:C\nC|\\\nD|\n\nX:2\nR:reel\nK:G\nG|"
        let records = try read(text)
        #expect(records.map(\.label) == ["jigs", "jigs"])
        #expect(records.map(\.text) == ["K:C\nC|\\\nD|", "R:reel\nK:G\nG|"])
        #expect(records[1].place.hasSuffix("jigs.abc', line 9"))
        #expect(try read(text, label: .field("R")).map(\.label) == ["<none>", "reel"])
    }

    @Test func tsvIsReadAsItWasWritten() throws {
        let records = ["a\nb", "\\n", "\t", "\\", "é\u{301}", "a\\\nb"].map {
            ConditionedText(label: "l " + $0, text: $0, place: "")
        }
        let again = try read(records.map { $0.tsv + "\n" }.joined())
        #expect(again.map(\.label) == records.map(\.label))
        #expect(again.map { Array($0.text.utf8) } == records.map { Array($0.text.utf8) })
    }

    @Test(arguments: [
        ("", "text 'FILE': holds no records; give lines of a label and a text, divided by a tab, or tunes in ABC"),
        ("word\n",
            "text 'FILE', line 1: has 1 field, expected 2: a label and a text, divided by a tab (write a tab "
            + "within them as \\t)"),
        ("a\tb\nc\td\te\n",
            "text 'FILE', line 2: has 3 fields, expected 2: a label and a text, divided by a tab (write a tab "
            + "within them as \\t)"),
        ("a\tb\n\nc\td\n", "text 'FILE', line 2: is blank, with a record after it; delete it"),
        ("a\tb\n\tc\n", "text 'FILE', line 2: its label is empty"),
        ("a\t\n", "text 'FILE', line 1: its text is empty"),
        ("a\tb\\c\n",
            "text 'FILE', line 1: has a backslash before something else than n, t or a backslash; double "
            + "it, if it is text"),
        ("a\tb\\\n",
            "text 'FILE', line 1: has a backslash before something else than n, t or a backslash; double "
            + "it, if it is text"),
        ("T:a\nK:C\n",
            "text 'FILE', line 1: stands before the X: of a tune; begin each tune with X: and a number, and "
            + "put blank lines only between tunes"),
    ])
    func faultsNameTheLine(text: String, expected: String) throws {
        let path = try folder.add("records", text)
        let error = #expect(throws: SeqNetError.self) { try ConditionedText.read(contentsOf: path) }
        #expect(error?.kind == .badData)
        #expect(error?.message == expected.replacing("FILE", with: path))
    }
}
