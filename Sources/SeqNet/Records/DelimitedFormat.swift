/// How the fields of a record are divided.
enum DelimitedFormat: Equatable, Sendable {
    /// Comma-separated values as in RFC 4180: a field that begins with a quote ends with one, and
    /// between them a comma and a line break are text and two quotes are one.
    case csv
    /// Tab-separated values: a record a line, and no quoting.
    case tsv

    var separator: UInt8 { self == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t") }

    /// The format of a file, told by its first line: TSV if a tab is in it.
    init(firstLine: some Sequence<UInt8>) {
        self = firstLine.contains(UInt8(ascii: "\t")) ? .tsv : .csv
    }
}
