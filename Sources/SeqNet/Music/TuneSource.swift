/// A tune as it stands in a book: the lines of its ABC.
public struct TuneSource: Hashable, Sendable {
    /// What error messages call the file.
    public let file: String
    /// The number of the line with `X:`.
    public let line: Int
    /// Without line ends; the first is `X:`, none is blank.
    public let lines: [String]
    /// The label that the name of the file gives.
    let fileLabel: String

    /// All lines, an LF between two.
    public var text: String { lines.joined(separator: "\n") }

    /// The lines that a model is trained on, an LF between two: all but comments (`%`) and the fields
    /// `X:`, `T:`, `S:`, `N:` and `Y:`, which name the tune and say nothing of its music.
    public var trainingText: String { Self.trainingText(of: lines) }

    /// The same of any lines of ABC.
    static func trainingText(of lines: some Sequence<String>) -> String {
        lines.filter { line in
            !line.utf8.starts(with: "%".utf8)
                && !untrainedFields.contains { line.utf8.starts(with: $0.utf8) }
        }.joined(separator: "\n")
    }

    private static let untrainedFields = ["X:", "T:", "S:", "N:", "Y:"]

    /// What the first field of a letter says, without blanks around it; nil when there is none.
    public func field(_ letter: Character) -> String? {
        let start = "\(letter):"
        guard let line = lines.first(where: { $0.utf8.starts(with: start.utf8) }) else { return nil }
        var cursor = ABCCursor(line)
        cursor.advance()
        cursor.advance()
        return cursor.takeRest()
    }

    /// The label of the tune.
    public func label(by source: TuneLabel) -> String {
        switch source {
        case .fileName: fileLabel
        case .field(let letter): field(letter) ?? TuneLabel.missing
        }
    }

    /// Reads the tune.
    /// - Throws: `badData` that names file and line.
    public func tune() throws -> Tune {
        do {
            return try Tune(parsing: text, firstLine: line)
        } catch {
            throw error.inFile(file)
        }
    }
}
