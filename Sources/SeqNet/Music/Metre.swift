/// The metre of a tune: how many beats of which length a bar has.
public struct Metre: Hashable, Sendable, CustomStringConvertible {
    public let beats: Int
    /// The beat as a part of a whole note: 4 for a quarter. A power of two.
    public let beatUnit: Int

    /// - Returns: nil when there is no such metre: 1 to 64 beats of a whole to a 64th.
    public init?(_ beats: Int, _ beatUnit: Int) {
        guard (1...64).contains(beats), [1, 2, 4, 8, 16, 32, 64].contains(beatUnit) else { return nil }
        self.beats = beats
        self.beatUnit = beatUnit
    }

    /// Reads a metre as the field `M:` has it: `6/8`, `C`, `C|`, `2+3/8`, `(2+2+3)/8`.
    /// - Returns: nil for what is none.
    init?(abc: String) {
        if abc == "C" || abc == "C|" {
            self.init(abc == "C" ? 4 : 2, abc == "C" ? 4 : 2)
            return
        }
        var cursor = ABCCursor(abc)
        let isInBrackets = cursor.take("(")
        var beats = 0
        repeat {
            guard let number = cursor.takeNumber() else { return nil }
            beats += number
        } while cursor.take("+")
        if isInBrackets && !cursor.take(")") { return nil }
        guard cursor.take("/"), let unit = cursor.takeNumber(), cursor.isAtEnd else { return nil }
        self.init(beats, unit)
    }

    public var barLength: NoteLength { NoteLength(beats, beatUnit)! }

    /// Whether the beats go in threes, as in 6/8, 9/8 and 12/8.
    public var isCompound: Bool { beats > 3 && beats.isMultiple(of: 3) }

    public var description: String { "\(beats)/\(beatUnit)" }
}
