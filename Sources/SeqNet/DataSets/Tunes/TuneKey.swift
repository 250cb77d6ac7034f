/// A major key. Pitches count the notes of the scale up from middle C, or from the sharp note in
/// its place.
struct TuneKey: Sendable {
    /// "D".
    let name: String
    /// The tonic, within an octave.
    let tonic: Int
    /// The names of the chords on the first, fourth and fifth note.
    let chordNames: [Chord: String]

    enum Chord: Int, Sendable {
        case tonic = 0, subdominant = 3, dominant = 4
    }

    static let all = [
        TuneKey("D", tonic: 1, "D", "G", "A7"), TuneKey("G", tonic: 4, "G", "C", "D7"),
        TuneKey("A", tonic: 5, "A", "D", "E7"), TuneKey("C", tonic: 0, "C", "F", "G7"),
    ]

    private init(
        _ name: String, tonic: Int, _ first: String, _ fourth: String, _ fifth: String
    ) {
        self.name = name
        self.tonic = tonic
        chordNames = [.tonic: first, .subdominant: fourth, .dominant: fifth]
    }

    /// Whether a pitch is the root, third or fifth of the chord.
    func isOf(_ chord: Chord, pitch: Int) -> Bool {
        let root = tonic + chord.rawValue
        return [0, 2, 4].contains((pitch - root + 14) % 7)
    }
}
