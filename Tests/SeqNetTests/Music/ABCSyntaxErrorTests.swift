import Testing

@testable import SeqNet

struct ABCSyntaxErrorTests {
    @Test(arguments: [
        ("", "line 1, column 1: the tune ends, and has no key (K:)"),
        ("M:4/4\nCDEF", "line 2, column 1: no field, and the key (K:), which ends the header, has not come yet"),
        ("K:C\nCD\n\nEF", "line 4, column 1: more of the tune after a blank line, which ends it"),
        ("K:Cfoo\nC", "line 1, column 1: 'Cfoo' is no key; write one as G, F#m, Ddor or none"),
        ("M:4\nK:C\nC", "line 1, column 1: '4' is no metre; write one as 6/8, C or none"),
        ("L:1/x\nK:C\nC", "line 1, column 1: '1/x' is no unit of note length; write one as 1/8"),
        ("L:0/8\nK:C\nC", "line 1, column 1: '0/8' is no unit of note length; write one as 1/8"),
        ("Q:fast\nK:C\nC", "line 1, column 1: 'fast' is no tempo; write one as 1/4=120"),
        ("V:1\nV:1 clef=bass\nV:2\nK:C", "line 3, column 1: a second voice; tunes of one voice are read"),
        ("K:C\nC&D", "line 2, column 2: voices within a bar (&); tunes of one voice are read"),
        ("K:C\nCé", "line 2, column 2: 'é' is nothing that music is written with"),
        ("K:C\nC]", "line 2, column 2: ']' is nothing that music is written with"),
        ("K:C\n\"Am C", "line 2, column 1: a chord symbol is opened and never closed"),
        ("K:C\n!trill C", "line 2, column 1: a decoration is opened and never closed"),
        ("K:C\n{gC", "line 2, column 1: grace notes are opened and never closed"),
        ("K:C\n{g|}", "line 2, column 3: expected a note"),
        ("K:C\n[CE|", "line 2, column 1: a chord is opened and never closed"),
        ("K:C\n[CE", "line 2, column 1: a chord is opened and never closed"),
        ("K:C\n[]", "line 2, column 3: a chord without notes"),
        ("K:C\n[+CE]", "line 2, column 2: expected a note"),
        ("K:C\n[K:D", "line 2, column 1: a field is opened and never closed"),
        ("K:C\n^|", "line 2, column 2: an accidental without a note"),
        ("K:C\n-C", "line 2, column 1: a tie after no note"),
        ("K:C\nz-C", "line 2, column 2: a tie after no note"),
        ("K:C\nC0", "line 2, column 3: a length that no note has; write it as 2, 3/2 or /2"),
        ("K:C\nC12345", "line 2, column 7: a length that no note has; write it as 2, 3/2 or /2"),
        ("K:C\nC/11", "line 2, column 5: a length that no note has; write it as 2, 3/2 or /2"),
        ("K:C\nC//////////", "line 2, column 11: a length that no note has; write it as 2, 3/2 or /2"),
        ("K:C\nC,,,,,,,", "line 2, column 9: a note that is too high or too low for MIDI"),
        ("K:C\n(1C", "line 2, column 1: a tuplet of no known kind; write it as (3 or (3:2:2"),
        ("K:C\n(3C(3DEF", "line 2, column 6: a tuplet within a tuplet"),
        ("K:C\n(3CD|", "line 2, column 6: the tune ends within a tuplet"),
        ("K:C\nC>|D", "line 2, column 4: broken rhythm without a second note in the bar"),
        ("K:C\n>D", "line 2, column 1: broken rhythm that stands between no two notes of a bar"),
        ("K:C\nC>>>>D", "line 2, column 2: broken rhythm that stands between no two notes of a bar"),
        ("K:C\nC>", "line 2, column 3: broken rhythm without a second note in the bar"),
        ("K:C\nC:D", "line 2, column 2: colons that are no bar line"),
        ("K:C\nC:::D", "line 2, column 2: colons that are no bar line"),
        ("K:C\n[1,C", "line 2, column 2: an ending for no passes; write it as [1 or [1,3"),
        ("K:C\n[3-1C", "line 2, column 2: an ending for no passes; write it as [1 or [1,3"),
        ("K:C\n[99C", "line 2, column 2: an ending for no passes; write it as [1 or [1,3"),
        ("K:C\nC\\D", "line 2, column 2: '\\' before the end of the line"),
        ("K:C\nZ2", "line 2, column 1: a rest of whole bars needs a metre (M:)"),
    ])
    func mistakesAreNamed(text: String, expected: String) {
        let error = #expect(throws: ABCSyntaxError.self) { try Tune(parsing: text) }
        #expect(error?.description == expected)
    }

    @Test func linesAreThoseOfTheFile() throws {
        let error = #expect(throws: ABCSyntaxError.self) { try Tune(parsing: "K:C\r\n@", firstLine: 10) }
        #expect(error?.line == 11)
    }

    /// What a model may write: nothing crashes and nothing hangs.
    @Test func anyTextIsReadOrRefused() {
        let pieces = [
            "K:C\n", "M:6/8\n", "C", "^", "[", "]", "|", ":", "1", "(3", ">", "-", "\"", "{", "}", "!", "/",
            "9999", "z", "Z", "\n", "\\", "[K:", ",", "'", "&", "é", "\u{301}", "[1", "::", "P:B\n", "%", " ",
        ]
        var random = Random(seed: 1, stream: 0)
        for _ in 0..<3000 {
            let count = random.integer(below: 40)
            let drawn = (0..<count).map { _ in pieces[random.integer(below: pieces.count)] }
            let text = "M:4/4\nK:C\n" + drawn.joined()
            _ = BarCheck.fault(in: text)
            if let tune = try? Tune(parsing: text) { _ = MIDIFile(tune) }
        }
    }
}
