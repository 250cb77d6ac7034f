import SeqNet
import Testing

@Suite struct JSONValueWritingTests {
    @Test func keysAreSortedByBytesAndNothingIsPadded() throws {
        let value: JSONValue = ["b": [1, 2.0, nil, false], "a": [:], "Z": [], "é": "é", "aa": "x"]
        #expect(
            try value.serialized()
                == #"{"Z":[],"a":{},"aa":"x","b":[1,2.0,null,false],"é":"é"}"#)
    }

    static let numbers: [(Double, String)] = [
        (0.1, "0.1"), (1, "1.0"), (-0.0, "-0.0"), (1e-5, "1e-05"), (1e16, "1e+16"),
        (.leastNonzeroMagnitude, "5e-324"), (.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        (1.0 / 3, "0.3333333333333333"),
    ]

    @Test(arguments: numbers) func numbersReadBackAsTheSameBits(value: Double, text: String) throws {
        #expect(try JSONValue.number(value).serialized() == text)
        let read = try JSONValue(parsing: text, subject: "number")
        #expect(read.doubleValue?.bitPattern == value.bitPattern)
        #expect(read.intValue == nil)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func whatJSONCannotHoldIsRefused(value: Double) {
        expectSeqNetError(.badData, "'epochs.1.loss' is \(value)") {
            _ = try JSONValue.object(["epochs": [[:], ["loss": .number(value)]]]).serialized()
        }
        expectSeqNetError(.badData, "the value is \(value)") {
            _ = try JSONValue.number(value).serialized()
        }
    }

    @Test func everyScalarUpToTheLatinOnesSurvives() throws {
        let string = String(String.UnicodeScalarView((0...255).map { Unicode.Scalar(UInt8($0)) }))
        let text = try JSONValue.string(string).serialized()
        #expect(text.hasPrefix(#""\u0000\u0001"#))
        #expect(text.contains(#"\t\n\u000b\u000c\r"#))
        #expect(text.contains(##"\u001f !\"#"##))
        #expect(try JSONValue(parsing: text, subject: "text") == .string(string))
    }

    @Test func prettyTextPutsEachMemberOnItsLine() throws {
        let value: JSONValue = ["a": [1, [:]], "b": [], "c": ["d": "e"]]
        let text = try value.serialized(pretty: true)
        #expect(
            text == """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": [],
                  "c": {
                    "d": "e"
                  }
                }
                """)
        #expect(try JSONValue(parsing: text, subject: "text") == value)
    }
}
