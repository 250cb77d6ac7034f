import Testing

@testable import SeqNet

/// What the parser makes of lines of music.
struct TuneTests {
    private func bars(_ music: String, header: String = "M:4/4\nL:1/8\nK:C\n") throws -> [Bar] {
        try Tune(parsing: header + music).bars
    }

    private func events(_ music: String, header: String = "M:4/4\nL:1/8\nK:C\n") throws -> [MusicEvent] {
        try bars(music, header: header).flatMap(\.events)
    }

    private func pitches(_ music: String, key: String = "C") throws -> [[Int]] {
        try events(music, header: "M:4/4\nK:\(key)\n").map(\.pitches)
    }

    private func lengths(_ music: String, header: String = "M:4/4\nL:1/8\nK:C\n") throws -> [String] {
        try events(music, header: header).map(\.length.description)
    }

    // MARK: Pitches

    @Test func octaves() throws {
        #expect(try pitches("C c c' C, C,, c''").map { $0[0] } == [60, 72, 84, 48, 36, 96])
        #expect(try pitches("CDEFGAB").map { $0[0] } == [60, 62, 64, 65, 67, 69, 71])
    }

    @Test func accidentals() throws {
        #expect(try pitches("^C _D =E ^^F __B").map { $0[0] } == [61, 61, 64, 67, 69])
    }

    @Test func keysRaiseEveryOctave() throws {
        #expect(try pitches("F f c =c", key: "D").map { $0[0] } == [66, 78, 73, 72])
    }

    /// To the end of the bar, in every octave; a tie takes it over the line for one note.
    @Test func accidentalsHoldForTheBar() throws {
        #expect(try pitches("^F F f|F").map { $0[0] } == [66, 66, 78, 65])
        #expect(try pitches("=F F|F", key: "G").map { $0[0] } == [65, 65, 66])
        #expect(try pitches("^F-|F F").map { $0[0] } == [66, 66, 65])
        #expect(try pitches("[^FA]-|[FA]F") == [[66, 69], [66, 69], [65]])
    }

    @Test func chordsAndRests() throws {
        let events = try events("[CEG]2 z [ C2 .E ]/ x3")
        #expect(events.map(\.pitches) == [[60, 64, 67], [], [60, 64], []])
        #expect(events.map(\.length.description) == ["1/4", "1/8", "1/8", "3/8"])
        #expect(events.map(\.isRest) == [false, true, false, true])
    }

    @Test func tiesNameTheNotesThatGoOn() throws {
        #expect(try events("C-C D").map(\.tiedPitches) == [[60], [], []])
        #expect(try events("C -C").map(\.tiedPitches) == [[60], []])
        #expect(try events("[C-E]C").map(\.tiedPitches) == [[60], []])
        #expect(try events("[CE]-[CE]").map(\.tiedPitches) == [[60, 64], []])
        #expect(try events("C -\"Am\"C").map(\.tiedPitches) == [[60], []])
    }

    // MARK: Lengths

    @Test(arguments: [
        ("C C2 C3/2 C/2 C/ C// C3/ C/4", ["1/8", "1/4", "3/16", "1/16", "1/16", "1/32", "3/16", "1/32"]),
        ("C>D", ["3/16", "1/16"]), ("C<D", ["1/16", "3/16"]), ("C>>D", ["7/32", "1/32"]),
        ("C2 > D2", ["3/8", "1/8"]), ("[CE]>z", ["3/16", "1/16"]), ("C>{g}D", ["3/16", "1/16"]),
        ("(3CDE F", ["1/12", "1/12", "1/12", "1/8"]), ("(2CD", ["3/16", "3/16"]),
        ("(4CDEF", ["3/32", "3/32", "3/32", "3/32"]), ("(3:2:2C2D E", ["1/6", "1/12", "1/8"]),
        ("(3::2CD E", ["1/12", "1/12", "1/8"]), ("(3C>DE", ["1/8", "1/24", "1/12"]),
        ("(CD)(3(EFG)", ["1/8", "1/8", "1/12", "1/12", "1/12"]),
    ])
    func lengthsOfNotes(music: String, expected: [String]) throws {
        #expect(try lengths(music) == expected)
    }

    /// Five notes take the time of two; in a compound metre, of three.
    @Test func tupletsOfFiveFollowTheMetre() throws {
        #expect(try lengths("(5CDEFG").allSatisfy { $0 == "1/20" })
        #expect(try lengths("(5CDEFG", header: "M:6/8\nK:C\n").allSatisfy { $0 == "3/40" })
    }

    @Test func unitsFollowTheMetreOfTheHeader() throws {
        #expect(try lengths("C", header: "M:2/4\nK:C\n") == ["1/16"])
        #expect(try lengths("C", header: "M:3/4\nK:C\n") == ["1/8"])
        #expect(try lengths("C", header: "K:C\n") == ["1/8"])
        #expect(try lengths("C", header: "M:4/4\nL:1/4\nK:C\n") == ["1/4"])
        #expect(try lengths("C", header: "M:4/4\nK:C\nM:2/4\n") == ["1/8"], "the body leaves it")
    }

    // MARK: Fields

    @Test func fieldsChangeWithinTheBody() throws {
        let bars = try bars("C4|[M:3/4]C6|\nM:2/4\nL:1/4\nK:D\nFC|[K:F][L:1/8]B4|[Q:1/4=60]C4|")
        #expect(bars.map { $0.metre?.description } == ["4/4", "3/4", "2/4", "2/4", "2/4"])
        #expect(bars.map(\.length.description) == ["1/2", "3/4", "1/2", "1/2", "1/2"])
        #expect(bars.map(\.key.sharps) == [0, 0, 2, -1, -1])
        #expect(bars[2].events.map(\.pitches) == [[66], [61]])
        #expect(bars[3].events.map(\.pitches) == [[70]])
        #expect(bars.map { $0.tempo?.beatsPerMinute } == [nil, nil, nil, nil, 60])
    }

    /// The letters of notes are fields in the header alone.
    @Test func notesBeforeAColonAreMusic() throws {
        let tune = try Tune(parsing: "A:Area\nT:First\nT:Second\nK:C\nd:|\nP:B\nH:text\n+:more\nw:la\nz:|")
        #expect(tune.title == "First")
        #expect(tune.bars.count == 2)
        #expect(tune.bars.map(\.closing.endedRepeats) == [1, 1])
    }

    @Test func commentsAndSpaceArePassedOver() throws {
        let tune = try Tune(parsing: "\n%a\nK:C % key\r\nC2 D2 % |||\n%%directive\nE4\\\n|  F`G $ y y2 A|\n\n")
        #expect(tune.bars.map { $0.events.count } == [3, 3])
        #expect(tune.bars.map(\.line) == [4, 7])
    }

    @Test func chordSymbolsDecorationsAndGraceNotes() throws {
        let bar = try bars("\"Am\"C2 \"^slow\"!trill!~D2 {/Gd}\"D7/f#\"E2 .F>TG u\"\"A|")[0]
        #expect(bar.chordSymbols.map(\.text) == ["Am", "D7/f#"])
        #expect(bar.chordSymbols.map(\.offset.description) == ["0", "1/2"])
        #expect(bar.events.map(\.decorations) == [[], ["trill", "~"], [], ["."], ["T"], ["u"]])
        #expect(bar.events.map(\.graceNotes) == [[], [], [67, 74], [], [], []])
        #expect(try events("U:W = !trill!\nWC").map(\.decorations) == [["W"]])
    }

    // MARK: Bars

    @Test func barLines() throws {
        let bars = try bars("C|:D:|E::F||G|]A[|B:||:c|::d::|e:|:f.|g")
        #expect(bars.map(\.events.count) == Array(repeating: 1, count: 12))
        #expect(bars.map(\.closing.endedRepeats) == [0, 1, 1, 0, 0, 0, 1, 0, 2, 1, 0, 0])
        #expect(bars.map(\.closing.begunRepeats) == [1, 0, 1, 0, 0, 0, 1, 2, 0, 1, 0, 0])
        #expect(
            bars.map(\.closing.endsSection)
                == [true, true, true, true, true, true, true, true, true, true, false, false])
        #expect(bars.map(\.number) == Array(1...12))
        for (bar, next) in zip(bars, bars.dropFirst()) { #expect(bar.closing == next.opening) }
    }

    /// Lines with nothing between them are one.
    @Test func neighbouringBarLinesAreJoined() throws {
        let bars = try bars("|: C :| |\n|: D | | E || |: F |||")
        #expect(bars.count == 4)
        #expect(bars[0].opening.begunRepeats == 1)
        #expect(bars[0].closing == BarLine(isDouble: false, endedRepeats: 1, begunRepeats: 1))
        #expect(!bars[1].closing.isDouble, "two single lines")
        #expect(bars[2].closing == BarLine(isDouble: true, begunRepeats: 1))
        #expect(bars[3].closing.isDouble)
    }

    @Test func endings() throws {
        let bars = try bars("C|[1 D:|[2 E||F|1,3 G:|2-4 A|]")
        #expect(bars.map(\.ending) == [[], [1], [2], [], [1, 3], [2, 3, 4]])
    }

    /// It is one bar that goes on in two ways.
    @Test func anEndingMayBeginWithinABar() throws {
        let bars = try bars("C4 [1 D4:|[2 E4|F8|")
        #expect(bars.map(\.ending) == [[], [1], [2], []])
        #expect(bars.map(\.number) == [1, 1, 2, 3])
        #expect(bars.map(\.closing.isDrawn) == [false, true, true, true])
    }

    @Test func restsOfSeveralBars() throws {
        let bars = try bars("Z4|C8|Z|")
        #expect(bars.map(\.measures) == [4, 1, 1])
        #expect(bars.map(\.length.description) == ["4", "1", "1"])
        #expect(bars.map(\.number) == [1, 5, 6])
    }
}
