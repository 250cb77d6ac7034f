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
