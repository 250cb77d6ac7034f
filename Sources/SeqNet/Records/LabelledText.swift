/// A text and what it is: a record for a classifier.
public struct LabelledText: Equatable, Sendable {
    /// Where it begins in its file, counted from 1.
    public let line: Int
    /// Without line breaks; empty when the record has no text.
    public let text: String
    public let label: String

    public init(line: Int, text: String, label: String) {
        self.line = line
        self.text = text
        self.label = label
    }

    /// A field as one line: what is read as a text has no lines.
    static func oneLine(_ field: [UInt8]) -> String {
        let bytes = field.map { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Which columns of a file hold texts and labels.
public struct TextColumns: Equatable, Sendable {
    public let text: ColumnReference
    public let label: ColumnReference

    public init(
        text: ColumnReference = ColumnReference("text"), label: ColumnReference = ColumnReference("label")
    ) {
        self.text = text
        self.label = label
    }

    /// Whether files with these columns have a header: unless both are numbers.
    public var filesHaveHeader: Bool { text.number == nil || label.number == nil }

    /// Reads all records of a CSV or TSV file, with a header or without one as `filesHaveHeader` says.
    ///
    /// - Throws: what `DelimitedFile` throws; `usage` for a column that is not there; `badData`
    ///   for a record without a label, with its line.
    public func read(_ path: String) throws -> [LabelledText] {
        let file = try DelimitedFile(contentsOf: path, hasHeader: filesHaveHeader)
        let text = try file.index(of: text, option: "--text-column")
        let label = try file.index(of: label, option: "--label-column")
        return try file.records.map { record in
            let name = LabelledText.oneLine(record.fields[label])
            guard !name.allSatisfy(\.isWhitespace) else {
                throw SeqNetError(
                    .badData, "\(file.name), line \(record.line): the label is empty; give one, or "
                        + "leave the record out")
            }
            return LabelledText(
                line: record.line, text: LabelledText.oneLine(record.fields[text]), label: name)
        }
    }
}
