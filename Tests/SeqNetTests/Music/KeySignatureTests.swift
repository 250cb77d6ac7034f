import Testing

@testable import SeqNet

struct KeySignatureTests {
    @Test(arguments: [
        ("C", 0), ("G", 1), ("D", 2), ("F#", 6), ("C#", 7), ("F", -1), ("Bb", -2), ("Cb", -7),
        ("Am", 0), ("Gm", -2), ("F#m", 3), ("G minor", -2), ("Gmin", -2), ("A Minor", 0),
        ("Ddor", 0), ("D dorian", 0), ("Amix", 2), ("GMixolydian", 0), ("Ephr", 0), ("Flyd", 0),
        ("Blocrian", 0), ("Aaeo", 0), ("Cion", 0), ("D major", 2), ("D maj", 2),
        ("none", 0), ("", 0), ("HP", 0), ("Hp", 2), ("D clef=bass", 2), ("G treble-8", 1),
        ("clef=treble", 0), ("Am middle=d", 0), ("  D", 2),
    ])
    func sharpsAreCounted(text: String, sharps: Int) {
        #expect(KeySignature(abc: text)?.sharps == sharps)
    }

    @Test(arguments: ["H", "d", "Dfoo", "G#", "D ^", "D x", "Fb", "Dm7", "7", "D_"])
    func otherTextIsNone(text: String) {
        #expect(KeySignature(abc: text) == nil)
    }

    @Test func accidentalsFollowTheCircleOfFifths() {
        // C D E F G A B
        #expect(KeySignature(abc: "D")?.alterations == [1, 0, 0, 1, 0, 0, 0])
        #expect(KeySignature(abc: "Eb")?.alterations == [0, 0, -1, 0, 0, -1, -1])
        #expect(KeySignature(abc: "C")?.alterations == Array(repeating: 0, count: 7))
    }

    @Test func accidentalsAreAdded() {
        #expect(KeySignature(abc: "D =c ^g")?.alterations == [0, 0, 0, 1, 1, 0, 0])
        #expect(KeySignature(abc: "D exp _b ^f")?.alterations == [0, 0, 0, 1, 0, 0, -1])
        #expect(KeySignature(abc: "none ^f")?.alterations == [0, 0, 0, 1, 0, 0, 0])
    }

    @Test func minorIsToldFromOtherModes() {
        #expect(["Am", "A min", "Aaeo"].allSatisfy { KeySignature(abc: $0)!.isMinor })
        #expect(["A", "Ador", "Aphr", "Amix"].allSatisfy { !KeySignature(abc: $0)!.isMinor })
    }
}
