import Testing

@testable import SeqNet

struct TempoTests {
    private let unit = NoteLength(1, 8)!

    @Test(arguments: [
        ("1/4=120", 1, 4, 120), ("3/8=100", 3, 8, 100), ("\"Lively\" 1/4=90", 1, 4, 90),
        ("1/4=90 \"Lively\"", 1, 4, 90), ("1/4 = 90", 1, 4, 90), ("1/4 3/8=40", 5, 8, 40),
        ("200", 1, 8, 200), ("C=100", 1, 8, 100), ("C3=100", 3, 8, 100),
    ])
    func tempiAreRead(text: String, numerator: Int, denominator: Int, rate: Int) throws {
        let tempo = try Tempo.parse(abc: text, unit: unit)
        #expect(tempo == Tempo(rate, beat: NoteLength(numerator, denominator)!))
    }

    @Test func textAloneNamesNone() throws {
        #expect(try Tempo.parse(abc: "\"Slowly\"", unit: unit) == nil)
    }

    @Test(arguments: [
        "", "fast", "1/4", "1/4=", "=120", "1/4=0", "0/4=120", "1/0=120", "\"open", "1/4=120=3", "1/11=100",
        "1/4=120 3/8", "1/4=1", "99999",
    ])
    func otherTextIsRefused(text: String) {
        #expect(throws: Tempo.Unreadable.self) { try Tempo.parse(abc: text, unit: unit) }
    }

    @Test func microseconds() {
        #expect(Tempo(120, beat: NoteLength(1, 4)!).microsecondsPerQuarter == 500_000)
        #expect(Tempo(100, beat: NoteLength(3, 8)!).microsecondsPerQuarter == 400_000)
        #expect(Tempo(90, beat: NoteLength(1, 4)!).microsecondsPerQuarter == 666_667)
    }

    @Test func defaultsFollowTheMetre() {
        #expect(Tempo(defaultFor: nil) == Tempo(120, beat: NoteLength(1, 4)!))
        #expect(Tempo(defaultFor: Metre(3, 4)) == Tempo(120, beat: NoteLength(1, 4)!))
        #expect(Tempo(defaultFor: Metre(9, 8)) == Tempo(100, beat: NoteLength(3, 8)!))
        #expect(Tempo(defaultFor: Metre(2, 2)) == Tempo(100, beat: NoteLength(1, 2)!))
    }
}
