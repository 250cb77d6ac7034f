/// The notes that a chord symbol such as `Am`, `D7/f#` or `Gdim` stands for.
///
/// After the root: `m`, `min` or `-` for minor, `dim` or `o`, `aug` or `+`, sevenths, sixths, ninths
/// and `sus`; also `d` and `a`, as some collections write diminished and augmented chords. After `/`
/// the bass, whose sharp may be written `+`. Brackets around the whole are passed over.
struct ChordSymbol: Equatable {
    /// Semitones of the root above C.
    let root: Int
    /// Semitones above the root, itself included.
    let intervals: [Int]
    /// Semitones of the bass above C.
    let bass: Int

    private static let semitones = [0, 2, 4, 5, 7, 9, 11]
    private static let kinds: [String: [Int]] = [
        "": [0, 4, 7], "maj": [0, 4, 7], "M": [0, 4, 7], "m": [0, 3, 7], "min": [0, 3, 7],
        "-": [0, 3, 7], "dim": [0, 3, 6], "d": [0, 3, 6], "o": [0, 3, 6], "aug": [0, 4, 8],
        "a": [0, 4, 8], "+": [0, 4, 8], "5": [0, 7], "sus": [0, 5, 7], "sus4": [0, 5, 7],
        "sus2": [0, 2, 7], "6": [0, 4, 7, 9], "m6": [0, 3, 7, 9], "min6": [0, 3, 7, 9],
        "7": [0, 4, 7, 10], "m7": [0, 3, 7, 10], "min7": [0, 3, 7, 10], "-7": [0, 3, 7, 10],
        "maj7": [0, 4, 7, 11], "M7": [0, 4, 7, 11], "dim7": [0, 3, 6, 9], "o7": [0, 3, 6, 9],
        "d7": [0, 3, 6, 9], "m7b5": [0, 3, 6, 10], "aug7": [0, 4, 8, 10], "a7": [0, 4, 8, 10],
        "+7": [0, 4, 8, 10], "7sus4": [0, 5, 7, 10], "add9": [0, 4, 7, 14], "9": [0, 4, 7, 10, 14],
        "m9": [0, 3, 7, 10, 14], "maj9": [0, 4, 7, 11, 14], "7b9": [0, 4, 7, 10, 13],
        "11": [0, 4, 7, 10, 14, 17], "13": [0, 4, 7, 10, 14, 21],
    ]

    /// - Returns: nil for text that is no chord.
    init?(_ text: String) {
        var cursor = ABCCursor(text)
        _ = cursor.take("(")
        guard let letter = cursor.takeLetter(), !letter.isLower else { return nil }
        root = Self.pitchClass(letter.index, &cursor, sharps: ["#"])
        let kind = cursor.take { $0 != "/" && $0 != "(" && $0 != ")" }
        guard let intervals = Self.kinds[kind] else { return nil }
        self.intervals = intervals
        if cursor.take("/") {
            guard let letter = cursor.takeLetter() else { return nil }
            bass = Self.pitchClass(letter.index, &cursor, sharps: ["#", "+"])
        } else {
            bass = root
        }
    }

    private static func pitchClass(
        _ letter: Int, _ cursor: inout ABCCursor, sharps: [Unicode.Scalar]
    ) -> Int {
        let natural = semitones[letter]
        if sharps.contains(where: { cursor.take($0) }) { return (natural + 1) % 12 }
        return cursor.take("b") ? (natural + 11) % 12 : natural
    }

    /// MIDI's note numbers: the bass in the octave below the chord, the chord below middle C.
    var pitches: [Int] { [36 + bass] + intervals.map { 48 + root + $0 } }
}
