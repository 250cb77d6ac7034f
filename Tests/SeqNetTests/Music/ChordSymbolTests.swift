import Testing

@testable import SeqNet

struct ChordSymbolTests {
    @Test(arguments: [
        ("C", [36, 48, 52, 55]), ("Am", [45, 57, 60, 64]), ("D7", [38, 50, 54, 57, 60]),
        ("F#m", [42, 54, 57, 61]), ("Bb", [46, 58, 62, 65]), ("D/f+", [42, 50, 54, 57]),
        ("D/F#", [42, 50, 54, 57]), ("Gm/bb", [46, 55, 58, 62]), ("Gd", [43, 55, 58, 61]),
        ("Gdim", [43, 55, 58, 61]), ("(E7)", [40, 52, 56, 59, 62]), ("Cb", [47, 59, 63, 66]),
        ("E7b9", [40, 52, 56, 59, 62, 65]), ("G(Em)", [43, 55, 59, 62]), ("Asus4", [45, 57, 62, 64]),
    ])
    func chordsAreNotes(text: String, pitches: [Int]) {
        #expect(ChordSymbol(text)?.pitches == pitches)
    }

    @Test(arguments: ["", "am", "H", "N.C.", "From: here", "Cfoo", "C/", "C/x", "D#x"])
    func otherTextIsNoChord(text: String) {
        #expect(ChordSymbol(text) == nil)
    }

    /// Cb is one below C, and its root is B: never a negative semitone.
    @Test func everyChordLiesInItsOctaves() {
        for letter in ["C", "D", "E", "F", "G", "A", "B"] {
            for accidental in ["", "#", "b"] {
                let chord = ChordSymbol(letter + accidental)!
                #expect((0..<12).contains(chord.root) && (0..<12).contains(chord.bass))
            }
        }
    }
}
