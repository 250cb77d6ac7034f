/// Rows of a series whose values are forecast in training, validation or test.
public struct SeriesPart: Sendable {
    /// What error messages call it: "validation part of text 'a.csv'".
    public let name: String
    public let series: Series
    /// Rows of the series. What is read to forecast them may lie before.
    public let rows: Range<Int>

    init(name: String, series: Series, rows: Range<Int>) {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= series.rows)
        self.name = name
        self.series = series
        self.rows = rows
    }
}
