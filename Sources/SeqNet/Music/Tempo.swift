/// How fast a tune goes.
public struct Tempo: Hashable, Sendable {
    /// What is counted, such as a quarter.
    public let beat: NoteLength
    public let beatsPerMinute: Int

    init(_ beatsPerMinute: Int, beat: NoteLength) {
        self.beat = beat
        self.beatsPerMinute = beatsPerMinute
    }

    /// The tempo of a tune that names none: a walking 100 of the dotted beats of a compound metre,
    /// 100 halves where they are counted, else 120 quarters, which is also what players of MIDI
    /// files assume.
    init(defaultFor metre: Metre?) {
        guard let metre, let beat = NoteLength(1, metre.beatUnit) else {
            self.init(120, beat: NoteLength(1, 4)!)
            return
        }
        if metre.isCompound {
            self.init(100, beat: beat.scaled(by: 3, over: 1)!)
        } else if metre.beatUnit == 2 {
            self.init(100, beat: beat)
        } else {
            self.init(120, beat: NoteLength(1, 4)!)
        }
    }

    /// Reads a tempo as the field `Q:` has it: `1/4=120`, `"Lively" 3/8=100`, `1/4 3/8=40`, and the
    /// older `120` and `C=120`, which count the unit of note length.
    ///
    /// - Returns: nil for a field that is text alone.
    /// - Throws: `Unreadable` for what is none.
    static func parse(abc: String, unit: NoteLength) throws(Unreadable) -> Tempo? {
        var cursor = ABCCursor(abc)
        var isText = false
        var beat = NoteLength.zero
        var rate: Int?
        cursor.skipSpaces()
        while !cursor.isAtEnd {
            if cursor.take("\"") {
                guard cursor.take(upTo: "\"") != nil else { throw Unreadable() }
                isText = true
            } else if cursor.take("=") {
                guard beat > .zero, rate == nil else { throw Unreadable() }
                cursor.skipSpaces()
                rate = try takeRate(&cursor)
            } else if rate == nil && cursor.take("C") {
                beat += unit.scaled(by: cursor.takeNumber() ?? 1, over: 1)!
            } else {
                let number = try takeRate(&cursor)
                if cursor.take("/") {
                    let part = try NoteLength(number, takeRate(&cursor))
                    guard rate == nil, let part else { throw Unreadable() }
                    beat += part
                } else if beat == .zero && rate == nil {
                    (beat, rate) = (unit, number)
                } else {
                    throw Unreadable()
                }
            }
            cursor.skipSpaces()
        }
        if let rate {
            let tempo = Tempo(rate, beat: beat)
            // MIDI files have three bytes for it.
            guard (1...0xFF_FFFF).contains(tempo.microsecondsPerQuarter) else { throw Unreadable() }
            return tempo
        }
        if isText && beat == .zero { return nil }
        throw Unreadable()
    }

    /// Thrown for a field that is no tempo.
    struct Unreadable: Error {}

    private static func takeRate(_ cursor: inout ABCCursor) throws(Unreadable) -> Int {
        guard let number = cursor.takeNumber(), number > 0 else { throw Unreadable() }
        return number
    }

    /// What a MIDI file counts.
    var microsecondsPerQuarter: Int {
        // A minute's microseconds × the quarter's share of a beat, rounded to the nearest.
        let numerator = 60_000_000 * (NoteLength.unitsInWhole / 4)
        let denominator = beatsPerMinute * beat.units
        return (numerator + denominator / 2) / denominator
    }
}
