import TestSupport
import Testing

@testable import SeqNet

struct DelimitedFileTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(_ text: String, hasHeader: Bool = false) throws -> DelimitedFile {
        try DelimitedFile(contentsOf: folder.add("data.csv", text), hasHeader: hasHeader)
    }

    private func rows(_ text: String) throws -> [[String]] {
        try read(text).records.map { record in record.fields.indices.map(record.text) }
    }

    @Test(arguments: [
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("a,\n,b\n,\n", [["a", ""], ["", "b"], ["", ""]]),
        ("\"a,b\",c\n", [["a,b", "c"]]),
        ("\"a \"\"b\"\"\",\"\"\n", [["a \"b\"", ""]]),
        ("\"a\nb\r\nc\",d\n", [["a\nb\nc", "d"]]),
        ("\"a\",\"b\"", [["a", "b"]]),
        ("a\rb,c\n", [["a\rb", "c"]]),
        ("a,b\n\n\r\n", [["a", "b"]]),
        ("word\n\"\"\n", [["word"], [""]]),
        ("é,漢字\n", [["é", "漢字"]]),
        ("a b , c\n", [["a b ", " c"]]),
        // A tab in the first line makes it TSV, where quotes and commas are text.
        ("a\tb\n\"c\td, e\n", [["a", "b"], ["\"c", "d, e"]]),
        ("a\t\n\tb\r\n", [["a", ""], ["", "b"]]),
    ])
    func recordsAreCut(text: String, expected: [[String]]) throws {
        #expect(try rows(text) == expected)
    }

    /// However it comes in, byte by byte too.
    @Test func chunksDoNotMatter() throws {
        let text = "\u{FEFF}n,t\r\n1,\"a\r\n\"\"b\"\"\"\r\n2,\"\"\r\n3,é"
        var whole: [DelimitedRecord] = []
        var scanner = DelimitedScanner(source: "text")
        try scanner.feed(text.utf8) { whole.append($0) }
        try scanner.finish { whole.append($0) }
        #expect(whole.map(\.line) == [1, 2, 4, 5])
        for size in 1...7 {
            var records: [DelimitedRecord] = []
            var scanner = DelimitedScanner(source: "text")
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                try scanner.feed(rest.prefix(size)) { records.append($0) }
                rest = rest.dropFirst(size)
            }
            try scanner.finish { records.append($0) }
            #expect(records == whole, "chunks of \(size)")
        }
    }

    @Test func aRecordIsThereAsSoonAsItsLineEnds() throws {
        var scanner = DelimitedScanner(source: "text")
        var records: [DelimitedRecord] = []
        try scanner.feed("a,b\n".utf8) { records.append($0) }
        #expect(records.count == 1)
        try scanner.feed("c,\"d\n".utf8) { records.append($0) }
        #expect(records.count == 1, "a quote is open")
        try scanner.feed("\"\n".utf8) { records.append($0) }
        #expect(records.count == 2)
    }

    @Test(arguments: [
        ("a,b\nc\n", "line 2: has 1 field, and the first record has 2"),
        ("a,b\n\"c\nd\",e\nf,g,h\n", "line 4: has 3 fields, and the first record has 2"),
        ("a\tb\nc,d\n", "line 2: has 1 field, and the first record has 2; a tab divides"),
        ("a,b\nc,\"d\ne,f\n", "line 2: a quote is opened and never closed"),
        ("a,b\nc,\"d\"e\n", "line 2: field 2 goes on after its closing quote"),
        ("a,b\nc,d\"e\n", "line 2: field 2 has a quote and does not begin with one"),
        ("a,b\n\nc,d\n", "line 2: is blank, with a record after it"),
        ("a,b\nc,\0\n", "line 2: a NUL byte"),
        ("", "holds no records"),
        ("\n\n", "holds no records"),
    ])
    func aFaultyFileIsRefusedWithItsLine(text: String, expected: String) throws {
        let error = #expect(throws: SeqNetError.self) { try read(text) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("data.csv'") == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func invalidUTF8IsRefusedWithItsLine() throws {
        let path = try folder.add("data.csv", Array("a,b\nc,".utf8) + [0xE9, 0x0A])
        let error = #expect(throws: SeqNetError.self) {
            try DelimitedFile(contentsOf: path, hasHeader: false)
        }
        #expect(error?.message.contains("line 2: field 2 is not valid UTF-8") == true)
    }

    @Test func columnsAreFoundByNameAndByNumber() throws {
        let file = try read("id,Review Text,2\n1,good,x\n", hasHeader: true)
        #expect(file.header == ["id", "Review Text", "2"])
        #expect(file.records.map(\.line) == [2])
        func index(_ column: String) throws -> Int {
            try file.index(of: ColumnReference(column), option: "--text-column")
        }
        #expect(try index("Review Text") == 1)
        #expect(try index("1") == 0)
        #expect(try index("2") == 2, "a name goes before a number")
        for missing in ["text", "0", "4"] {
            let error = #expect(throws: SeqNetError.self) { try index(missing) }
            #expect(error?.kind == .usage)
            #expect(
                error?.message.hasSuffix("has no such column; there are: id, Review Text, 2") == true,
                "\(error?.message ?? "")")
        }
    }

    @Test func columnsWithoutAHeaderHaveNumbersOnly() throws {
        let file = try read("1,good\n2,bad\n")
        #expect(try file.index(of: ColumnReference("2"), option: "--text-column") == 1)
        let error = #expect(throws: SeqNetError.self) {
            try file.index(of: ColumnReference("good"), option: "--text-column")
        }
        #expect(error?.message.hasSuffix("there are columns 1 to 2") == true)
    }

    @Test func oneNameOfTwoColumnsIsRefused() throws {
        let file = try read("a,b,a\n1,2,3\n", hasHeader: true)
        let error = #expect(throws: SeqNetError.self) {
            try file.index(of: ColumnReference("a"), option: "--label-column")
        }
        #expect(error?.message.contains("has 2 columns of that name") == true)
    }

    @Test func aHeaderAloneHoldsNoRecords() throws {
        let error = #expect(throws: SeqNetError.self) { try read("text,label\n", hasHeader: true) }
        #expect(error?.message.contains("holds no records below a header") == true)
    }
}
