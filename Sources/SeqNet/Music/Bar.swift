/// What stands between two bar lines of a tune.
///
/// A bar in which an ending such as `[1` begins is cut in two there, with no line between.
public struct Bar: Hashable, Sendable {
    /// A chord symbol, and how far into the bar it stands.
    public struct ChordSymbol: Hashable, Sendable {
        public let text: String
        public let offset: NoteLength
    }

    /// Counted from 1; a bar with a pickup is counted, and both parts of one that is cut are one.
    public internal(set) var number: Int
    /// The line of the text on which it begins.
    public internal(set) var line: Int
    /// How many bars it stands for: more than one for a rest of several, such as `Z4`.
    public internal(set) var measures = 1
    /// Those in force where it begins; no metre is a free one.
    public internal(set) var metre: Metre?
    public internal(set) var key = KeySignature.none
    /// Nil when the tune names none.
    public internal(set) var tempo: Tempo?
    public internal(set) var events: [MusicEvent] = []
    public internal(set) var chordSymbols: [ChordSymbol] = []
    /// The passes in which it is played, when an ending such as `[1,3` begins here; else empty.
    public internal(set) var ending: [Int] = []
    public internal(set) var opening: BarLine
    public internal(set) var closing = BarLine.absent
    /// The time that the events take.
    public internal(set) var length = NoteLength.zero

    init(number: Int, line: Int, opening: BarLine) {
        self.number = number
        self.line = line
        self.opening = opening
    }
}
