/// A note, a chord of notes, or a rest.
public struct MusicEvent: Hashable, Sendable {
    /// MIDI's note numbers, 60 for middle C, in the order in which they are written; none for a rest.
    public let pitches: [Int]
    /// Those that are tied to the next event.
    public internal(set) var tiedPitches: [Int] = []
    public internal(set) var length: NoteLength
    /// MIDI's note numbers of the grace notes before it. They take no time.
    public let graceNotes: [Int]
    /// `trill` for `!trill!`; the short forms as they are written, such as `~`.
    public let decorations: [String]

    public var isRest: Bool { pitches.isEmpty }
}
