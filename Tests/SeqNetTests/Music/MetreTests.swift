import Testing

@testable import SeqNet

struct MetreTests {
    @Test(arguments: [
        ("4/4", 4, 4), ("6/8", 6, 8), ("C", 4, 4), ("C|", 2, 2), ("2+3/8", 5, 8), ("(2+2+3)/8", 7, 8),
        ("3/2", 3, 2), ("64/64", 64, 64),
    ])
    func metresAreRead(text: String, beats: Int, unit: Int) {
        #expect(Metre(abc: text) == Metre(beats, unit))
    }

    @Test(arguments: [
        "", "4", "4/", "/4", "4/3", "0/4", "65/4", "4/128", "a/b", "4/4 ", "(2+3/8", "2+/8", "-3/4", "3/4/4",
        "99999/4", "C/", "++/8",
    ])
    func otherTextIsNone(text: String) {
        #expect(Metre(abc: text) == nil)
    }

    @Test func compoundMetresGoInThrees() {
        let compound = ["6/8", "9/8", "12/8", "6/4"].map { Metre(abc: $0)!.isCompound }
        let simple = ["2/4", "3/4", "4/4", "3/8", "5/4", "2/2"].map { Metre(abc: $0)!.isCompound }
        #expect(compound.allSatisfy { $0 } && !simple.contains(true))
        #expect(Metre(abc: "9/8")!.barLength == NoteLength(9, 8))
    }
}
