/// A CSV or TSV file, read whole. `DelimitedScanner` says what is accepted.
///
/// ```swift
/// let file = try DelimitedFile(contentsOf: "reviews.csv", hasHeader: true)
/// let text = try file.index(of: ColumnReference("Review Text"), option: "--text-column")
/// for record in file.records { print(record.line, record.text(text)) }
/// ```
public struct DelimitedFile: Sendable {
    /// The names of the columns; nil for a file without a header.
    public let header: [String]?
    public let records: [DelimitedRecord]
    /// What error messages call the file.
    public let name: String

    /// - Throws: `cannotRead`; `badData` for a file that is empty, compressed, not UTF-8 or not
    ///   strictly CSV or TSV, with its line.
    public init(contentsOf path: String, hasHeader: Bool) throws {
        try self.init(contentsOf: path, hasHeader: hasHeader, format: nil)
    }

    /// - Parameter format: what the file must be; nil if its first line tells.
    init(contentsOf path: String, hasHeader: Bool, format: DelimitedFormat?) throws {
        let file = TextFile(path: path)
        var scanner = DelimitedScanner(source: file.name, format: format)
        var records: [DelimitedRecord] = []
        try file.forEachChunk { try scanner.feed($0) { records.append($0) } }
        try scanner.finish { records.append($0) }
        if hasHeader, let first = records.first {
            header = first.fields.indices.map(first.text)
            records.removeFirst()
        } else {
            header = nil
        }
        guard !records.isEmpty else {
            throw SeqNetError(
                .badData, "\(file.name): holds no records\(hasHeader ? " below a header" : ""); "
                    + "give lines of fields that commas or tabs divide")
        }
        self.records = records
        name = file.name
    }

    /// How many columns there are.
    public var columns: Int { records[0].fields.count }

    /// The index of a column, from 0.
    /// - Parameter option: the option that names it, for errors.
    /// - Throws: `usage` when there is no such column, or two of that name.
    public func index(of column: ColumnReference, option: String) throws -> Int {
        try column.index(in: header, of: columns, option: option, source: name)
    }
}
