import SeqNet
import Testing

@Suite struct JSONValueParsingTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: text, subject: "text")
    }

    static let valid: [(String, JSONValue)] = [
        ("null", .null), (" true\n", true), ("false", false), ("0", 0), ("-0", 0),
        ("-12", -12), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("1.0", .number(1)), ("-2.5e-3", -0.0025),
        ("1E+2", .number(100)), ("1e-999", .number(0)), ("[]", []), ("{}", [:]), ("\"\"", ""),
        ("[1 , [ ] , {\"a\" : {}}]", [1, [], ["a": [:]]]), ("\u{FEFF}[1]", [1]),
        (#""\"\\\/\b\f\n\r\té\u00e9\ud83d\ude00""#, .string("\"\\/\u{8}\u{C}\n\r\téé😀")),
        ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
    ]

    @Test(arguments: valid) func readsWhatIsValid(text: String, expected: JSONValue) throws {
        #expect(try parse(text) == expected)
    }

    static let invalid: [(String, String)] = [
        ("", "line 1, column 1: expected a value, found the end"),
        ("[1,]", "line 1, column 4: expected a value, found ']'"),
        ("{\"é\": 1,\n  \"b\" 2}", "line 2, column 7: expected ':' after a key, found '2'"),
        ("{a: 1}", "expected a key in quotes, found 'a'"), ("{\"a\":1,}", "expected a key"),
        ("{\"a\":1 \"b\":2}", "expected ',' or '}'"), ("[1 2]", "expected ',' or ']'"),
        ("[", "expected a value, found the end"), ("1 2", "expected the end, found '2'"),
        ("{\"a\":1,\"b\":2,\"a\":3}", "column 14: the key 'a' stands twice"),
        ("{\"é\":1,\"e\u{301}\":2}", "stands twice"), ("01", "a number begins with 0"),
        ("-", "expected a digit, found the end"), ("1.", "expected a digit"),
        ("1e", "expected a digit"), (".5", "expected a value, found '.'"), ("+1", "found '+'"),
        ("NaN", "found 'N'"), ("nul", "unknown word"), ("tru ", "unknown word"),
        ("9223372036854775808", "does not fit 64 bits"), ("1e999", "the number is too large"),
        ("\"a", "no closing quote"), ("\"a\nb\"", "must be escaped"), ("\"\\x\"", "unknown escape 'x'"),
        ("\"\\", "found the end"), ("\"\\u12g4\"", "four hexadecimal digits, found 'g'"),
        ("\"\\ud800\"", "surrogate"), ("\"\\udc00\"", "surrogate"),
        ("\"\\ud800\\u0041\"", "surrogate"), ("[\u{1}]", "found byte 1"),
        (String(repeating: "[", count: 129), "nested deeper than 128"),
    ]

    @Test(arguments: invalid) func saysWhereTheMistakeIs(text: String, expected: String) {
        expectSeqNetError(.badData, "text, line ", expected, "; correct the JSON there") {
            _ = try parse(text)
        }
    }

    @Test func nestsTo128Levels() throws {
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try parse(text).serialized() == text)
    }

    @Test func aHundredThousandBracketsAreAnErrorOnly() {
        expectSeqNetError(.badData, "nested deeper") {
            _ = try parse(String(repeating: "{\"a\":[", count: 100_000))
        }
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC3], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]])
    func invalidUTF8IsFound(bytes: [UInt8]) {
        expectSeqNetError(.badData, "line 1, column 2: the text is not UTF-8") {
            _ = try bytes.withUnsafeBytes { try JSONValue(parsing: $0, subject: "text") }
        }
    }

    @Test func aFileIsReadOrExplained() throws {
        let folder = try TemporaryFolder()
        let good = try folder.write("{\"a\": [1]}\n", to: "good.json")
        #expect(try JSONValue(contentsOfFile: good) == ["a": [1]])
        let bad = try folder.write("{\"a\":\n}", to: "bad.json")
        expectSeqNetError(.badData, "file '\(bad)', line 2, column 1") {
            _ = try JSONValue(contentsOfFile: bad)
        }
        expectSeqNetError(.cannotRead, "none.json'", "No such file", "check the path") {
            _ = try JSONValue(contentsOfFile: folder.path("none.json"))
        }
        expectSeqNetError(.cannotRead, "is a folder") {
            _ = try JSONValue(contentsOfFile: folder.path)
        }
    }
}
