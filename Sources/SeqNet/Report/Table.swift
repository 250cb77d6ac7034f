/// Rows of text in aligned columns, for a terminal.
///
/// ```
/// layer  gate    low
/// -----  ------  ------
///     1  forget   0.2 %
///     1  input   12.4 %
/// ```
public struct Table: Sendable {
    /// On which side a column's cells are flush.
    public enum Alignment: Sendable {
        case left, right
    }

    private let columns: [String]
    private let alignments: [Alignment]?
    private var rows: [[String]] = []

    private static let gap = "  "

    /// - Parameters:
    ///   - columns: the headings.
    ///   - alignments: one for each column; without them a column of which every cell begins
    ///     like a number is flush right, and any other flush left.
    public init(columns: [String], alignments: [Alignment]? = nil) {
        precondition(alignments == nil || alignments?.count == columns.count)
        self.columns = columns
        self.alignments = alignments
    }

    /// - Precondition: as many cells as there are columns.
    public mutating func addRow(_ cells: [String]) {
        precondition(cells.count == columns.count, "\(columns.count) columns, \(cells.count) cells")
        rows.append(cells.map(Format.printable))
    }

    /// The headings, a rule and the rows, each with a newline and without blanks at its end.
    public func render() -> String {
        let headings = columns.map(Format.printable)
        let widths = columns.indices.map { column in
            ([headings] + rows).map { $0[column].count }.max() ?? 0
        }
        let rule = widths.map { String(repeating: "-", count: $0) }
        let sides = alignments ?? columns.indices.map(alignment)
        let lines = ([headings, rule] + rows).map { cells in
            let line = columns.indices.map { column in
                Self.padded(cells[column], to: widths[column], sides[column])
            }.joined(separator: Self.gap)
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func alignment(of column: Int) -> Alignment {
        let areNumbers = rows.allSatisfy { row in
            row[column].drop { $0 == "-" || $0 == "+" }.first.map { $0.isNumber } ?? true
        }
        return areNumbers && !rows.isEmpty ? .right : .left
    }

    private static func padded(_ cell: String, to width: Int, _ side: Alignment) -> String {
        let blanks = String(repeating: " ", count: width - cell.count)
        return side == .left ? cell + blanks : blanks + cell
    }
}
