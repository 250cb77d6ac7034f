/// All windows of a part, on standardised values: each forecasts `horizon` rows of the part from
/// the `context` rows before them. Every forecast row lies inside the part; the context may reach
/// back to rows before it.
struct SeriesWindows: Sendable {
    let shape: WindowShape
    /// Columns that are read; the first of them are the targets.
    let columns: Int
    let targets: Int
    /// Standardised, [rows, columns], of the whole series.
    let values: [Double]
    /// The first forecast row of each window, one a row.
    let origins: Range<Int>

    var count: Int { origins.count }

    /// - Throws: `badData` when there is no window.
    init(_ part: SeriesPart, _ standardization: Standardization, _ shape: WindowShape) throws {
        self.shape = shape
        columns = part.series.columns
        targets = part.series.targets
        values = standardization.standardized(part.series)
        let first = max(part.rows.lowerBound, shape.context)
        let end = part.rows.upperBound - shape.horizon + 1
        guard first < end else {
            throw SeqNetError(
                .badData, "\(part.name): has \(part.rows.count) rows and \(part.rows.lowerBound) before "
                    + "them, too few for a window of --context \(shape.context) and --horizon "
                    + "\(shape.horizon); use smaller numbers or a longer series")
        }
        origins = first..<end
    }

    /// The window that forecasts the rows after the last one of a series.
    /// - Throws: `badData` when there are fewer rows than a context has.
    init(after series: Series, _ standardization: Standardization, _ shape: WindowShape) throws {
        guard series.rows >= shape.context else {
            throw SeqNetError(
                .badData, "\(series.name): has \(series.rows) rows, and the model reads "
                    + "\(shape.context) of them to forecast the next; give at least as many")
        }
        self.shape = shape
        columns = series.columns
        targets = series.targets
        values = standardization.standardized(series)
        origins = series.rows..<series.rows + 1
    }

    /// Standardised.
    func value(row: Int, column: Int) -> Double { values[row * columns + column] }
}
