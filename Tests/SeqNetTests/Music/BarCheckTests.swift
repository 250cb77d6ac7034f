import Testing

@testable import SeqNet

struct BarCheckTests {
    private func fault(_ music: String, header: String = "M:3/4\nL:1/4\nK:C\n") -> String? {
        BarCheck.fault(in: header + music)?.description
    }

    @Test(arguments: [
        "CDE|FGA|B3|", "CDE|FGA|B3", "|CDE|FGA|]", "C|DEF|GA|]", "C|DEF|GA", "CDE|FG:|A|BCD|EF:|",
        "CDE|FG||A|BCD|", "|:C|DEF|GA:|B|CDE|F2|]", "C|DEF|[1G2:|[2G3|A3|", "CD[1E:|[2F||G3|",
        "CDE|[M:2/4]FG|AB|[M:3/4]c3|", "CDE|[L:1/8]FGABcd|", "Z4|CDE|", "(3CDEF|A>BC|", "C/2D/2EF|",
        "CDE|\nP:B\nFGA|", "[CE]3/2D/2z|", "C\\\nDE|", "|: CD |\n|: E F G :|",
    ])
    func soundTunesPass(music: String) {
        #expect(fault(music) == nil)
    }

    @Test(arguments: [
        ("CDE|FG|ABC|", "line 4, bar 2: lasts 1/2, expected 3/4"),
        ("CDE|FGAB|CDE|", "line 4, bar 2: lasts 1, expected 3/4"),
        ("CDEF|GAB|", "line 4, bar 1: lasts 1, expected 3/4"),
        ("CDE|FGAB", "line 4, bar 2: lasts 1, expected 3/4"),
        ("CDE|FGAB:|", "line 4, bar 2: lasts 1, expected 3/4"),
        ("CDE|\nFGA|\nBC|\nP:B\nD|EFG|", "line 6, bar 3: lasts 1/2, expected 3/4"),
        ("CDE|[M:2/4]FGA|BC|", "line 4, bar 2: lasts 3/4, expected 1/2"),
        ("CDE|F[1GA:|[2B:|C2|DEF|", nil),
        ("CDE|F[1G:|[2B:|", nil),
        ("CDE|F[1GAB:|[2B:|", "line 4, bar 2: lasts 1, expected 3/4"),
        ("CDE|(3FGA|BCD|", "line 4, bar 2: lasts 1/2, expected 3/4"),
        ("CDE|FG [K:G] |ABc|", "line 4, bar 2: lasts 1/2, expected 3/4"),
        ("CDE|Z2C|DEF|", "line 4, bar 2: lasts 7/4, expected 3/2"),
        ("CDE|@", "line 4, column 5: '@' is nothing that music is written with"),
        ("", "the tune has no notes"), ("|:|", "the tune has no notes"),
    ] as [(String, String?)])
    func theFirstFaultIsNamed(music: String, expected: String?) {
        #expect(fault(music) == expected)
    }

    @Test func aFreeMetreCannotBeChecked() {
        #expect(fault("CDE|", header: "K:C\n") == "line 2, bar 1: no metre (M:) is in force")
        #expect(fault("CDE|", header: "M:none\nK:C\n") == "line 3, bar 1: no metre (M:) is in force")
    }

    @Test func figuresOfAFault() throws {
        let fault = BarCheck.fault(in: try Tune(parsing: "M:6/8\nK:D\nd|def fed|B3 d2|ABc d2:|", firstLine: 7))
        let (found, expected) = (NoteLength(5, 8)!, NoteLength(3, 4)!)
        #expect(fault == .bar(BarFault(bar: 3, line: 9, found: found, expected: expected)))
    }
}
