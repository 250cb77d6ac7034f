/// A column of a file, as an option names it: by the header, or by a number from 1.
public struct ColumnReference: Equatable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ argument: String) { description = argument }

    /// Its number, if it is one: it may name a column of a file without a header.
    public var number: Int? { Int(description) }

    /// The index of the column, from 0. A name that the header has goes before a number.
    ///
    /// - Parameters:
    ///   - header: the names of the columns; nil for a file without a header.
    ///   - columns: how many there are.
    ///   - option: the option that names it, for errors.
    /// - Throws: `usage` when there is no such column, or two of that name.
    func index(in header: [String]?, of columns: Int, option: String, source: String) throws -> Int {
        let named = (header ?? []).indices.filter {
            header![$0].utf8.elementsEqual(description.utf8)
        }
        if named.count == 1 { return named[0] }
        if named.count > 1 {
            throw SeqNetError(
                .usage, "\(option) \(description): \(source) has \(named.count) columns of that name; "
                    + "give the number of one, counted from 1")
        }
        if let number, (1...columns).contains(number) { return number - 1 }
        let range = columns == 1 ? "there is one column" : "there are columns 1 to \(columns)"
        let names = header.map { "there are: \($0.joined(separator: ", "))" } ?? range
        throw SeqNetError(.usage, "\(option) \(description): \(source) has no such column; \(names)")
    }
}
