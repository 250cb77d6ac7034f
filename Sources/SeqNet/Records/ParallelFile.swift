/// A file of sentence pairs for a translator, read whole: a line a pair, the source, a tab, the
/// target, with no header. Quotes and commas are text.
///
/// ```swift
/// let file = try ParallelFile(contentsOf: "eng-fra.tsv")
/// let rules = DetokenizationRules(learnedFrom: file.pairs.map(\.target))
/// ```
public struct ParallelFile: Sendable {
    /// In file order, at least one.
    public let pairs: [SentencePair]
    /// What error messages call the file.
    public let name: String

    /// - Throws: `cannotRead`; `badData` with its line for what is no UTF-8 text, for a line that
    ///   has not two fields, and for an empty source or target.
    public init(contentsOf path: String) throws {
        let file = try DelimitedFile(contentsOf: path, hasHeader: false, format: .tsv)
        name = file.name
        guard file.columns == 2 else {
            throw SeqNetError(
                .badData,
                "\(file.name), line \(file.records[0].line): \(Self.fault(of: file.columns))")
        }
        pairs = try file.records.map { record in
            let pair = SentencePair(
                line: record.line, source: record.text(0), target: record.text(1))
            for (side, text) in [("source", pair.source), ("target", pair.target)]
            where text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                throw SeqNetError(
                    .badData, "\(file.name), line \(record.line): the \(side) is empty; "
                        + "fill it in or delete the line")
            }
            return pair
        }
    }

    /// What is wrong with a file of so many columns, which are not two.
    private static func fault(of columns: Int) -> String {
        columns == 1
            ? "has no tab; give a line a pair: the source, a tab, the target"
            : "has \(columns) fields and not two, source and target; keep two, as `cut -f 1,2` does"
    }
}
