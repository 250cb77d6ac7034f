/// Brings each column to a mean of 0 and a variance of 1, by the training rows.
public struct Standardization: Equatable, Sendable {
    /// Of each column.
    public let means: [Double]
    /// Of each column, by the number of rows; 1 for a feature that never changes.
    public let deviations: [Double]

    public init(means: [Double], deviations: [Double]) {
        precondition(means.count == deviations.count && deviations.allSatisfy { $0 > 0 })
        self.means = means
        self.deviations = deviations
    }

    /// - Throws: `badData` for a target that never changes.
    public init(_ training: [SeriesPart]) throws {
        let series = training[0].series, columns = series.columns
        let count = Double(training.reduce(0) { $0 + $1.rows.count })
        func mean(_ column: Int, _ value: (Double) -> Double) -> Double {
            training.reduce(0) { sum, part in
                part.rows.reduce(sum) { $0 + value(part.series.values[$1 * columns + column]) }
            } / count
        }
        let means = (0..<columns).map { mean($0) { $0 } }
        deviations = try (0..<columns).map { column in
            let deviation = mean(column) { ($0 - means[column]) * ($0 - means[column]) }.squareRoot()
            // The mean of equal numbers may differ from them in the last bits.
            if deviation > 1e-12 * abs(means[column]) { return deviation }
            guard column >= series.targets else {
                throw SeqNetError(
                    .badData, "\(training[0].name): target '\(series.columnNames[column])' never "
                        + "changes, so there is nothing to learn; name another --target")
            }
            return 1
        }
        self.means = means
    }

    /// The values of a series, [rows, columns].
    func standardized(_ series: Series) -> [Double] {
        let columns = series.columns
        precondition(columns == means.count, "the columns by which it was made")
        var values = series.values
        for index in values.indices {
            values[index] = (values[index] - means[index % columns]) / deviations[index % columns]
        }
        return values
    }

    /// A value of target `column` in the units of its column again.
    public func original(_ value: Double, target column: Int) -> Double {
        value * deviations[column] + means[column]
    }
}
