/// Whether the tunes of a book are sound, and whether they copy known ones.
///
/// A book that a model has written may hold what ``TuneBook`` refuses: here each `X:` begins a tune,
/// and whatever comes before the next one belongs to it.
///
/// ```swift
/// let known = try TuneBook(contentsOf: "jigs.abc").tunes
/// let check = try TuneBookCheck(contentsOf: "samples.abc", known: known)
/// print(check.soundCount, "of", check.entries.count)
/// ```
public struct TuneBookCheck: Sendable {
    /// What was found of one tune.
    public struct Entry: Sendable {
        /// The line of its `X:`.
        public let line: Int
        /// Nil for a sound tune; see ``BarCheck``.
        public let fault: TuneFault?
        /// The known tune that it copies; see ``TuneCopies``.
        public let original: TuneSource?
    }

    public let entries: [Entry]
    public let path: String
    /// What error messages call the file.
    public let name: String

    public var soundCount: Int { entries.count { $0.fault == nil } }
    public var copyCount: Int { entries.count { $0.original != nil } }

    /// Reads a file and checks its tunes.
    ///
    /// - Parameters:
    ///   - known: tunes that none should copy.
    ///   - onProgress: told the share that is done, from 0 to 1.
    /// - Throws: `cannotRead`; `badData` for a file that is compressed, not UTF-8, holds no tune, or
    ///   something else before its first.
    public init(
        contentsOf path: String, known: [TuneSource] = [], onProgress: (Double) -> Void = { _ in }
    ) throws {
        let text = try TextLines(contentsOf: path)
        name = text.name
        self.path = path
        let starts = text.lines.indices.filter { text.lines[$0].utf8.starts(with: "X:".utf8) }
        guard let first = starts.first else {
            throw SeqNetError(.badData, "\(name): holds no tunes; begin each with X: and a number")
        }
        let isComment = { (line: String) in line.isEmpty || line.utf8.starts(with: "%".utf8) }
        if let stray = text.lines[..<first].firstIndex(where: { !isComment($0) }) {
            throw text.fault(
                "stands before the X: of a tune; begin each tune with X: and a number", line: stray + 1)
        }
        let copies = TuneCopies(of: known.map(\.trainingText))
        let ends = starts.dropFirst() + [text.lines.count]
        var entries: [Entry] = []
        for (start, end) in zip(starts, ends) {
            let tune = text.lines[start..<end]
            entries.append(
                Entry(
                    line: start + 1,
                    fault: BarCheck.fault(in: tune.joined(separator: "\n"), firstLine: start + 1),
                    original: copies.original(of: TuneSource.trainingText(of: tune)).map { known[$0] }))
            onProgress(Double(entries.count) / Double(starts.count))
        }
        self.entries = entries
    }
}
