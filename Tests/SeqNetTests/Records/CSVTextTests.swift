import Testing

@testable import SeqNet

struct CSVTextTests {
    @Test(arguments: [
        (["a", "b c"], "a,b c\n"), (["", "1.5"], ",1.5\n"), (["a,b"], "\"a,b\"\n"),
        (["say \"a\"", "b"], "\"say \"\"a\"\"\",b\n"), (["a\nb", "\r"], "\"a\nb\",\"\r\"\n"),
    ])
    func quotesFieldsThatNeedIt(_ fields: [String], _ line: String) throws {
        #expect(CSVText.line(fields) == line)
        var read: [DelimitedRecord] = []
        var scanner = DelimitedScanner(source: "text")
        try scanner.feed(line.utf8) { read.append($0) }
        try scanner.finish { read.append($0) }
        #expect(read.map { $0.fields.indices.map($0.text) } == [fields])
    }
}
