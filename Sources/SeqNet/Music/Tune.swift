/// A tune that is read from ABC: its bars, in the order in which they are written.
///
/// Notation of ABC 2.1 for one voice is read: notes with accidentals and key signatures, chords,
/// rests, lengths, broken rhythm, tuplets, ties, grace notes, chord symbols, decorations, repeats,
/// endings, and changes of metre, unit length, key and tempo. Slurs, spacing, annotations, lyrics
/// and other fields are passed over. Voices and overlays (`&`) are refused; macros and the order of
/// parts (`P:` in the header) are passed over too. Where 2.1 lets a program pass over what
/// it does not know, such as the characters it reserves, this one refuses, because it is to judge
/// tunes that models write. A tie may stand before the second note (`g3 -g`), as in many tunes.
///
/// ```swift
/// let tune = try Tune(parsing: "M:3/4\nL:1/4\nK:D\nd2 f|a2 f|d3|]")
/// print(tune.bars[0].events[0].pitches)  // [74]
/// ```
public struct Tune: Hashable, Sendable {
    /// The first field `T:`; nil when there is none.
    public let title: String?
    public let bars: [Bar]

    init(title: String?, bars: [Bar]) {
        self.title = title
        self.bars = bars
    }

    /// Reads one tune. Neither `X:` nor `T:` need be there, `K:` must be.
    ///
    /// - Parameters:
    ///   - text: lines of ABC without a blank one between; LF or CRLF ends a line.
    ///   - firstLine: the number of its first line, for errors.
    /// - Throws: `ABCSyntaxError`.
    public init(parsing text: String, firstLine: Int = 1) throws(ABCSyntaxError) {
        var parser = ABCParser()
        self = try parser.parse(text, firstLine: firstLine)
    }
}
