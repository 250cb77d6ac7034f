/// One record of a CSV or TSV file.
public struct DelimitedRecord: Equatable, Sendable {
    /// The line on which it begins, counted from 1.
    public let line: Int
    /// Valid UTF-8, without quotes around them. A line break within a field is an LF.
    public let fields: [[UInt8]]

    public init(line: Int, fields: [[UInt8]]) {
        self.line = line
        self.fields = fields
    }

    /// A field as text.
    public func text(_ column: Int) -> String { String(decoding: fields[column], as: UTF8.self) }
}
