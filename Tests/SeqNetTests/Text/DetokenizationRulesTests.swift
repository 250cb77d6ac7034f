import SeqNet
import Testing

struct DetokenizationRulesTests {
    private let tokenizer: Tokenizer

    init() throws { tokenizer = try Tokenizer(kind: .words, splitPunctuation: true) }

    private let english = [
        "Don't go, it isn't late.", "The well-known ferry (the old one) left at 10:30.",
        "Note: it cost 1,000.5 francs, or 7% more.", "\"Stay,\" she said, \"it's raining.\"",
        "They said \"yes\" and \"no\".", "Is it so? Yes! We're off: come along.",
    ]
    private let french = [
        "L'homme n'a rien dit.", "Est-ce vrai\u{202F}? Oui, c'est vrai.", "Qui vient\u{202F}?",
        "Il a dit «\u{A0}oui\u{A0}» à l'école.", "«\u{A0}Non\u{A0}», dit-il.", "Quoi\u{202F}!",
        "Attends\u{202F}!", "Il est tard\u{A0}: viens-tu\u{202F}?",
    ]

    private func restored(_ line: String, _ rules: DetokenizationRules) throws -> String {
        rules.text(of: try tokenizer.tokens(inLine: line).dropLast())
    }

    private func expectRestored(_ lines: [String], by rules: DetokenizationRules) throws {
        for line in lines {
            let text = try restored(line, rules)
            #expect(text.utf8.elementsEqual(line.utf8), "\(text.debugDescription)")
        }
    }

    @Test func whatItWasLearnedFromIsRestored() throws {
        for lines in [english, french] {
            try expectRestored(lines, by: DetokenizationRules(learnedFrom: lines))
        }
    }

    @Test func otherEnglishIsRestored() throws {
        try expectRestored(
            [
                "You won't, I hope.", "\"Who's there?\" \"Nobody!\"", "It's 9:15, so hurry.",
                "A half-open door (red).", "Price: from 2,500 to 3.75?", "word",
            ], by: DetokenizationRules(learnedFrom: english + ["\"No?\"", "\"A!\" \"B.\""]))
    }

    @Test func otherFrenchIsRestored() throws {
        try expectRestored(
            [
                "D'où viens-tu\u{202F}?", "«\u{A0}D'accord\u{A0}», dit l'autre.",
                "Partons\u{A0}: dépêche-toi\u{202F}!",
            ], by: DetokenizationRules(learnedFrom: french))
    }

    @Test func scriptsWithoutSpacesGetNone() throws {
        let rules = DetokenizationRules(learnedFrom: ["他来了，我走。你呢？", "「是」。"])
        try expectRestored(["我来了，你走？", "「不是」，他。"], by: rules)
    }

    /// A quote opens at odd places, even where nothing but quotes says so.
    @Test func aQuoteOpensAndCloses() throws {
        let rules = DetokenizationRules(learnedFrom: ["a \"b\" c \"d\" e"])
        try expectRestored(["f \"g h\" i \"j\" \"k\" l"], by: rules)
        // Dashes have a space on both sides: they are no pair.
        try expectRestored(
            ["f - g - h - i"], by: DetokenizationRules(learnedFrom: ["a - b - c", "a - d"]))
    }

    @Test func unknownMarksStandAloneAndUnknownNeighboursAreGuessedFromOneSide() throws {
        let rules = DetokenizationRules(learnedFrom: ["Yes, no.", "(so)"])
        #expect(try restored("a;b", rules) == "a ; b")
        #expect(try restored("(so),", rules) == "(so),")
        #expect(try restored("(9).", rules) == "(9).")
    }

    @Test func withoutLinesTokensAreJoinedBySpaces() throws {
        let rules = DetokenizationRules(learnedFrom: [])
        #expect(try restored("isn't it?", rules) == "isn ' t it ?")
        #expect(rules.text(of: []) == "")
    }

    @Test func theMajorityDecidesAndOfEqualsTheFirst() throws {
        let often = DetokenizationRules(learnedFrom: ["a ?", "b ?", "c?"])
        #expect(try restored("d?", often) == "d ?")
        let tie = DetokenizationRules(learnedFrom: ["a ?", "c?"])
        #expect(try restored("d?", tie) == "d?")
    }

    /// U+2000 and U+2002 are equal as strings of Swift's, and other bytes.
    @Test func whiteSpaceIsKeptByteByByte() throws {
        let rules = DetokenizationRules(learnedFrom: ["a\u{2000}?", "b\u{2002}?", "c\u{2002}?"])
        let text = try restored("d ?", rules)
        #expect(Array(text.unicodeScalars) == ["d", "\u{2002}", "?"])
    }

    @Test func jsonKeepsTheRules() throws {
        let rules = DetokenizationRules(learnedFrom: english + french)
        let text = try rules.json.serialized()
        let again = try DetokenizationRules(json: rules.json, subject: "model 'a'")
        #expect(again == rules)
        #expect(try again.json.serialized() == text)
        let small = DetokenizationRules(learnedFrom: ["a \"b\"", "7?"])
        #expect(
            try small.json.serialized()
                == #"{"gaps":[["","\"<"," "],["","\">",""],["","?",""],["\"<","",""],"#
                + #"["\"<","a",""],["0","?",""],["a","\"<"," "],["a","\">",""]],"paired":["\""]}"#)
    }

    @Test(arguments: [
        ("{}", "'paired' or 'gaps' is missing or no array"),
        (#"{"gaps":[],"paired":[1]}"#, "'paired' or 'gaps' is missing"),
        (#"{"gaps":[],"paired":["a"]}"#, "paired 'a' is no punctuation mark"),
        (#"{"gaps":[["a","?"]],"paired":[]}"#, "gap 0 is not two sides and white space"),
        (#"{"gaps":[["a","?",""],["b","?",""]],"paired":[]}"#, "gap 1 is not"),
        (#"{"gaps":[["a","?","x"]],"paired":[]}"#, "gap 0 is not"),
    ])
    func faultyJSONIsRefused(text: String, expected: String) throws {
        let json = try JSONValue(parsing: text, subject: "test", remedy: "")
        let error = #expect(throws: SeqNetError.self) {
            try DetokenizationRules(json: json, subject: "model 'a', detokenization")
        }
        #expect(error?.kind == .badData)
        #expect(
            error?.message.hasPrefix("model 'a', detokenization: \(expected)") == true,
            "\(error?.message ?? "")")
    }
}
