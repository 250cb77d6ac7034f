/// The training, validation and test part of the series of some files.
///
/// A split cuts the training files, one after another, in the order of their rows. Each file is a
/// series of its own: nothing of one is read to forecast another.
public struct SeriesParts: Sendable {
    public let training: [SeriesPart]
    /// Empty when there is none.
    public let validation: [SeriesPart]
    /// Empty when there is none.
    public let test: [SeriesPart]
    /// Rows that the split leaves out.
    public let leftOutCount: Int

    /// Reads the files.
    /// - Throws: what ``Series`` throws; `badData` when there are too few rows for the split.
    public init(_ files: CorpusFiles, columns: SeriesColumns) throws {
        func series(_ paths: [String]) throws -> [Series] {
            try paths.map { try Series(contentsOf: $0, columns: columns) }
        }
        let training = try series(files.training)
        let validation = try series(files.validation), test = try series(files.test)
        let count = training.reduce(0) { $0 + $1.rows }
        guard let split = files.split else {
            self.training = Self.whole(training, "training")
            self.validation = Self.whole(validation, "validation")
            self.test = Self.whole(test, "test")
            leftOutCount = 0
            return
        }
        let ends = split.ends(of: count)
        func cut(_ role: String, _ rows: Range<Int>) throws -> [SeriesPart] {
            guard !rows.isEmpty, rows.upperBound <= count else {
                throw SeqNetError(
                    .badData, "\(training[0].name): \(count) rows are too few for --split \(split), in "
                        + "the \(role) part; use smaller numbers, or fractions such as 0.7,0.1,0.2")
            }
            return Self.cut(training, rows, role)
        }
        self.training = try cut("training", 0..<ends.train)
        self.validation =
            split.hasValidation
            ? try cut("validation", ends.train..<ends.validation) : Self.whole(validation, "validation")
        self.test =
            split.hasTest ? try cut("test", ends.validation..<ends.test) : Self.whole(test, "test")
        leftOutCount = count - ends.test
    }

    private static func whole(_ series: [Series], _ role: String) -> [SeriesPart] {
        series.map { SeriesPart(name: "\(role) part of \($0.name)", series: $0, rows: 0..<$0.rows) }
    }

    /// The parts of the series in which rows lie, counted through all of them.
    private static func cut(_ series: [Series], _ rows: Range<Int>, _ role: String) -> [SeriesPart] {
        var parts: [SeriesPart] = []
        var start = 0
        for series in series {
            let own = rows.clamped(to: start..<start + series.rows)
            if !own.isEmpty {
                parts.append(
                    SeriesPart(
                        name: "\(role) part of \(series.name)", series: series,
                        rows: own.lowerBound - start..<own.upperBound - start))
            }
            start += series.rows
        }
        return parts
    }
}
