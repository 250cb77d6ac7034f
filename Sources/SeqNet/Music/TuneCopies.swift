/// Tells whether a tune copies one of those that a model was trained on.
///
/// A tune is a copy when
/// - its text is that of a known one, whatever the white space; or
/// - its notes are nearly those of a known one: as many insertions, deletions and changes of notes
///   as turn the one into the other (edit distance) are at most a tenth of the notes of the longer.
///
/// Two notes are equal when they have the same pitches and the same length; a rest is a note. Notes
/// are taken as they are written, without repeats played out, so bar lines, chord symbols, fields
/// and the spelling of accidentals make no difference. A tune in another key is no copy. A text that
/// is no ABC can be a copy of a text only.
///
/// ```swift
/// let known = TuneCopies(of: training.map(\.text))
/// let copied = samples.count { known.original(of: $0) != nil }
/// ```
public struct TuneCopies: Sendable {
    /// Edits, as a share of the notes of the longer tune, that a copy may have.
    public static let greatestDifference = 0.1

    private let texts: [[UInt8]: Int]
    private let notes: [[Int]]
    private let ids: [Note: Int]

    private struct Note: Hashable {
        let pitches: [Int]
        let length: NoteLength
    }

    /// - Parameter texts: the known tunes, in ABC.
    public init(of texts: [String]) {
        let known = texts.enumerated().map { (Self.withoutSpace($1), $0) }
        self.texts = Dictionary(known) { first, _ in first }
        var ids: [Note: Int] = [:]
        notes = texts.map { text in
            Self.notes(of: text).map { note in
                let id = ids[note] ?? ids.count
                ids[note] = id
                return id
            }
        }
        self.ids = ids
    }

    /// The known tune that a tune copies.
    /// - Returns: the index of that whose notes are nearest; nil for no copy.
    public func original(of text: String) -> Int? {
        if let index = texts[Self.withoutSpace(text)] { return index }
        // Notes that no known tune has are equal to none.
        let tune = Self.notes(of: text).map { ids[$0] ?? -1 }
        guard !tune.isEmpty else { return nil }
        var nearest: (index: Int, edits: Int)?
        for (index, known) in notes.enumerated() {
            let limit = Int(Double(max(tune.count, known.count)) * Self.greatestDifference)
            let atMost = nearest.map { min(limit, $0.edits - 1) } ?? limit
            if let edits = Self.edits(tune, known, atMost: atMost) { nearest = (index, edits) }
        }
        return nearest?.index
    }

    private static func withoutSpace(_ text: String) -> [UInt8] {
        text.utf8.filter { $0 > UInt8(ascii: " ") }
    }

    private static func notes(of text: String) -> [Note] {
        guard let tune = try? Tune(parsing: text) else { return [] }
        return tune.bars.flatMap(\.events).map { Note(pitches: $0.pitches.sorted(), length: $0.length) }
    }

    /// The edit distance of two sequences (Levenshtein 1966), computed where it can be small enough:
    /// within `limit` of the diagonal (Ukkonen 1985).
    ///
    /// - Returns: nil when it is greater than the limit.
    static func edits(_ a: [Int], _ b: [Int], atMost limit: Int) -> Int? {
        guard limit >= 0, abs(a.count - b.count) <= limit else { return nil }
        let tooFar = limit + 1
        var row = (0...b.count).map { min($0, tooFar) }
        for i in 1..<a.count + 1 {
            let (first, last) = (max(1, i - limit), min(b.count, i + limit))
            var diagonal = row[first - 1]
            row[first - 1] = first == 1 ? min(i, tooFar) : tooFar
            var least = row[first - 1]
            for j in first..<max(first, last + 1) {
                // Where the band goes beyond that of the previous row, the entry is still too far.
                let above = row[j]
                let change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)
                diagonal = above
                row[j] = min(change, above + 1, row[j - 1] + 1, tooFar)
                least = min(least, row[j])
            }
            if least > limit { return nil }
        }
        return row[b.count] <= limit ? row[b.count] : nil
    }
}
