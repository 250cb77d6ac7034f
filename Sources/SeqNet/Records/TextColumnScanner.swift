/// Takes the texts out of one column of CSV or TSV, as the bytes come.
///
/// ```swift
/// let columns = TextColumns(text: ColumnReference("Review Text"))
/// var scanner = TextColumnScanner(columns, source: "stdin")
/// while let bytes = next() { for record in try scanner.texts(in: bytes) { … } }
/// for record in try scanner.finish() { … }
/// ```
public struct TextColumnScanner {
    private var scanner: DelimitedScanner
    private let columns: TextColumns
    /// The column's index, from 0, once the first record is in.
    private var index: Int?

    /// - Parameters:
    ///   - columns: tell as for training whether there is a header; that of the label need not be
    ///     there.
    ///   - source: what error messages call the input.
    public init(_ columns: TextColumns, source: String) {
        self.columns = columns
        scanner = DelimitedScanner(source: source)
    }

    /// The records that these bytes complete; their labels are empty.
    ///
    /// - Throws: `badData` that names the line; `usage` when there is no such column.
    public mutating func texts(in bytes: some Sequence<UInt8>) throws -> [LabelledText] {
        var records: [DelimitedRecord] = []
        try scanner.feed(bytes) { records.append($0) }
        return try records.compactMap { try take($0) }
    }

    /// The record that the end of the input completes, if any.
    public mutating func finish() throws -> [LabelledText] {
        var records: [DelimitedRecord] = []
        try scanner.finish { records.append($0) }
        return try records.compactMap { try take($0) }
    }

    private mutating func take(_ record: DelimitedRecord) throws -> LabelledText? {
        if let index {
            return LabelledText(
                line: record.line, text: LabelledText.oneLine(record.fields[index]), label: "")
        }
        let names = columns.filesHaveHeader ? record.fields.indices.map(record.text) : nil
        index = try columns.text.index(
            in: names, of: record.fields.count, option: "--text-column", source: scanner.source)
        return columns.filesHaveHeader ? nil : try take(record)
    }
}
