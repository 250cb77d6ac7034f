/// A file of tunes in ABC, with a blank line between two of them.
///
/// ```swift
/// for tune in try TuneBook(contentsOf: "jigs.abc").tunes { print(tune.field("T") ?? "") }
/// ```
public struct TuneBook: Sendable {
    public let tunes: [TuneSource]
    /// What error messages call the file.
    public let name: String

    /// Reads a file. Each tune begins with `X:` and has a key (`K:`); their music is not looked at.
    /// Blank lines and comments may stand before a tune. A byte order mark is dropped, CRLF read as
    /// LF.
    ///
    /// - Throws: `cannotRead`; `badData`, with the line, for a file that is compressed, not UTF-8, no
    ///   ABC, or holds no tune.
    public init(contentsOf path: String) throws {
        let text = try TextLines(contentsOf: path)
        try self.init(text, path: path)
    }

    init(_ text: TextLines, path: String) throws {
        name = text.name
        let fileLabel = TuneLabel.fromFileName(path)
        var tunes: [TuneSource] = []
        var start: Int?
        // A blank line past the end closes the last tune.
        for (index, line) in (text.lines + [""]).enumerated() {
            if line.utf8.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
                guard let first = start else { continue }
                let tune = TuneSource(
                    file: name, line: first + 1, lines: Array(text.lines[first..<index]),
                    fileLabel: fileLabel)
                guard tune.field("K") != nil else {
                    throw text.fault("the tune has no key; give it a field K:", line: first + 1)
                }
                tunes.append(tune)
                start = nil
            } else if line.utf8.starts(with: "X:".utf8) {
                guard start == nil else {
                    throw text.fault(
                        "begins a tune within another; put a blank line before it", line: index + 1)
                }
                start = index
            } else if start == nil && !line.utf8.starts(with: "%".utf8) {
                throw text.fault(
                    "stands before the X: of a tune; begin each tune with X: and a number, and put "
                        + "blank lines only between tunes", line: index + 1)
            }
        }
        guard !tunes.isEmpty else {
            throw SeqNetError(.badData, "\(name): holds no tunes; begin each with X: and a number")
        }
        self.tunes = tunes
    }

    /// A tune for a book, of the text that a model has written.
    ///
    /// - Parameters:
    ///   - text: lines of ABC without `X:` and `T:`.
    ///   - number: for the field `X:`.
    public static func entry(_ text: String, number: Int, title: String) -> String {
        "X:\(number)\nT:\(title)\n\(text)\n"
    }
}
