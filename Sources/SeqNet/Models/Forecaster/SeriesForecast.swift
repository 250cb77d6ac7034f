#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The values that a forecaster expects after the last row of a series.
public struct SeriesForecast: Equatable, Sendable {
    /// Names of the targets' columns.
    public let targets: [String]
    /// A value for each target and row to come, in the units of its column.
    public let rows: [[Double]]
    /// Digits behind the point that are worth telling, of each target.
    private let digits: [Int]

    /// - Parameter deviations: of each target's column in training.
    init(targets: [String], rows: [[Double]], deviations: [Double]) {
        self.targets = targets
        self.rows = rows
        // Down to a millionth of the deviation, near the precision of the arithmetic.
        digits = deviations.map { max(0, min(15, 6 - Int(log10($0).rounded(.down)))) }
    }

    /// A header and a line for each row.
    public var csv: String {
        CSVText.line(targets)
            + rows.map { row in
                CSVText.line(zip(row, digits).map { Format.fixed($0, $1) })
            }.joined()
    }

    /// As `seqnet predict --json` prints it.
    public var json: JSONValue {
        [
            "target": .array(targets.map { .string($0) }),
            "forecast": .array(rows.map { .array($0.map { .number($0) }) }),
        ]
    }
}

extension Forecaster {
    /// The most windows of one forward pass.
    static let batchSize = 64

    /// Forecasts the rows after the last one of a file.
    /// - Throws: what ``Series`` and `forecast(after:)` throw.
    public func forecast(afterRowsOf path: String) throws -> SeriesForecast {
        try forecast(after: series(contentsOf: path))
    }

    /// Forecasts the rows after the last one of a series, from the last `context` of its rows.
    /// - Throws: `badData` for other columns than those of training, for a series shorter than the
    ///   context, and when the model gives no numbers.
    public func forecast(after series: Series) throws -> SeriesForecast {
        try profile.require(series)
        let windows = try SeriesWindows(
            after: series, profile.standardization, configuration.shape)
        let place = WindowPlace(part: 0, origin: series.rows)
        let values = standardized([windows], [place], Tape(inference: context))[0]
        guard values.allSatisfy(\.isFinite) else {
            throw SeqNetError(
                .badData, "\(series.name): the model gives no numbers; the last rows are too far from "
                    + "those of its training")
        }
        let targets = series.targets
        let rows = (0..<configuration.shape.horizon).map { step in
            (0..<targets).map {
                profile.standardization.original(values[step * targets + $0], target: $0)
            }
        }
        return SeriesForecast(
            targets: Array(profile.columnNames[..<targets]), rows: rows,
            deviations: Array(profile.standardization.deviations[..<targets]))
    }

    /// Standardised forecasts of some windows, [horizon·targets] each. A window gets the same bits
    /// beside whatever others.
    func standardized(
        _ windows: [SeriesWindows], _ places: [WindowPlace], _ tape: Tape
    ) -> [[Double]] {
        let batch = SeriesBatch(
            windows, places, base: configuration.base, linear: linear, hasTargets: false)
        let values = values(batch, tape)
        return places.indices.map { window in
            (0..<values.columns).map { number in
                let index = window * values.columns + number
                return Double(values.values[index]) + batch.bases[index]
            }
        }
    }
}
