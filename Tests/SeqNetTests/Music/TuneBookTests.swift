import Testing

@testable import SeqNet

struct TuneBookTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(_ text: String, name: String = "jigs.abc") throws -> [TuneSource] {
        try TuneBook(contentsOf: folder.add(name, text)).tunes
    }

    @Test func tunesLinesAndFields() throws {
        let tunes = try read(
            "\u{FEFF}%abc-2.1\n\nX: 1\r\nT: One \nM:4/4\nK:C\nCDEF|\n \t\n\n% between\nX:2\nR:Hornpipe\nR:x\nK:D\nD|")
        #expect(tunes.map(\.line) == [3, 11])
        #expect(tunes[0].lines == ["X: 1", "T: One ", "M:4/4", "K:C", "CDEF|"])
        #expect(tunes[0].field("T") == "One")
        #expect(tunes[0].field("R") == nil)
        #expect(tunes.map { $0.label(by: .fileName) } == ["jigs", "jigs"])
        #expect(tunes.map { $0.label(by: .field("R")) } == ["<none>", "Hornpipe"])
        #expect(try tunes[0].tune().bars.count == 1)
    }

    @Test func fieldsThatNameTheTuneAreNotTrainedOn() throws {
        let tune = try read(
            "X:1\nT:a\n% b\nS:c\nN:d\nY:e\nM:4/4\nL:1/4\nK:C\nP:A\n %kept\n\"C\"C4|\\\nN:f\n C4:|\n")[0]
        #expect(tune.trainingText == "M:4/4\nL:1/4\nK:C\nP:A\n %kept\n\"C\"C4|\\\n C4:|")
    }

    @Test(arguments: [
        ("", "text 'BOOK': holds no tunes; begin each with X: and a number"),
        ("\n%a\n", "text 'BOOK': holds no tunes; begin each with X: and a number"),
        ("M:4/4\nX:1\nK:C\n",
            "text 'BOOK', line 1: stands before the X: of a tune; begin each tune with X: and a number, and "
            + "put blank lines only between tunes"),
        ("X:1\nK:C\nC|\n\nD|\n",
            "text 'BOOK', line 5: stands before the X: of a tune; begin each tune with X: and a number, and "
            + "put blank lines only between tunes"),
        ("X:1\nK:C\n\nX:2\nM:4/4\nC|\n", "text 'BOOK', line 4: the tune has no key; give it a field K:"),
        ("X:1\nK:C\nX:2\nK:C\n",
            "text 'BOOK', line 3: begins a tune within another; put a blank line before it"),
        ("X:1\nK:C\nC\u{0}\n",
            "text 'BOOK', line 3: a NUL byte, so this is binary data and no text; give a UTF-8 text"),
    ])
    func faultsNameTheLine(text: String, expected: String) throws {
        let path = try folder.add("book.abc", text)
        let error = #expect(throws: SeqNetError.self) { try TuneBook(contentsOf: path) }
        #expect(error?.kind == .badData)
        #expect(error?.message == expected.replacing("BOOK", with: path))
    }

    @Test func otherFilesAreRefused() throws {
        let latin1 = try folder.add("latin1.abc", Array("X:1\nT:".utf8) + [0xE9] + Array("\nK:C\n".utf8))
        let gzip = try folder.add("jigs.abc.gz", [0x1F, 0x8B, 8, 0, 0, 0])
        for (path, part) in [(latin1, "line 2: is not valid UTF-8"), (gzip, "is compressed (gzip)")] {
            let error = #expect(throws: SeqNetError.self) { try TuneBook(contentsOf: path) }
            #expect(error?.kind == .badData)
            #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
        }
        let missing = #expect(throws: SeqNetError.self) { try TuneBook(contentsOf: folder.path + "/none") }
        #expect(missing?.kind == .cannotRead)
    }

    @Test func mistakesInTheMusicNameFileAndLine() throws {
        let tune = try read("\nX:1\nK:C\nC@|\n")[0]
        let error = #expect(throws: SeqNetError.self) { try tune.tune() }
        #expect(error?.kind == .badData)
        #expect(error?.message.hasSuffix("jigs.abc', line 4, column 2: '@' is nothing that music is written with") == true)
    }

    @Test func anEntryIsReadAgain() throws {
        let text = "M:4/4\nK:C\nCDEFGABc|"
        let book = TuneBook.entry(text, number: 1, title: "jigs 1") + "\n" + TuneBook.entry(text, number: 2, title: "b")
        let tunes = try read(book)
        #expect(tunes.map { $0.field("X") } == ["1", "2"])
        #expect(tunes.map { $0.field("T") } == ["jigs 1", "b"])
        #expect(tunes.map(\.trainingText) == [text, text])
    }
}
