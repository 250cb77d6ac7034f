/// How far a forecaster's values are from what came, on standardised values, and how far others.
public struct ForecasterEvaluation: Equatable, Sendable {
    public let errors: ForecastErrors
    public let references: ReferenceErrors
    public let windows: Int

    /// As `seqnet evaluate --json` prints it; null where there is no such forecast.
    public var json: JSONValue {
        func mse(_ errors: ForecastErrors?) -> JSONValue {
            guard let errors, errors.mse.isFinite else { return .null }
            return .number(errors.mse)
        }
        return [
            "mse": mse(errors), "mae": errors.mae.isFinite ? .number(errors.mae) : .null,
            "naive_last_mse": mse(references.lastValue),
            "naive_season_mse": mse(references.lastSeason), "linear_mse": mse(references.linear),
            "windows": .integer(windows),
        ]
    }
}

extension Forecaster {
    /// Forecasts every window of a part and compares.
    /// - Parameters:
    ///   - references: those of the part, which do not change with the weights; nil works them out.
    ///   - onProgress: told the share that is done, from 0 to 1.
    public func evaluate(
        _ part: ForecasterPart, references: ReferenceErrors? = nil,
        onProgress: (Double) -> Void = { _ in }
    ) -> ForecasterEvaluation {
        let batches = WindowBatches(part.windows, batchSize: Self.batchSize, seed: 0).batchesInOrder()
        let targets = configuration.columns.targets.count
        var errors = ForecastErrors()
        let tape = Tape(inference: context)
        for (index, places) in batches.enumerated() {
            tape.reset()
            let forecasts = standardized(part.windows, places, tape)
            for (place, forecast) in zip(places, forecasts) {
                for (number, value) in forecast.enumerated() {
                    let actual = part.windows[place.part].value(
                        row: place.origin + number / targets, column: number % targets)
                    errors.add(forecast: value, actual: actual)
                }
            }
            onProgress(Double(index + 1) / Double(batches.count))
        }
        return ForecasterEvaluation(
            errors: errors, references: references ?? ReferenceErrors(self, on: part),
            windows: part.count)
    }

    /// The part that a file is as a whole.
    /// - Throws: what ``Series`` throws; `badData` for other columns than those of training, and for
    ///   a series that is too short for a window.
    public func part(contentsOf path: String) throws -> ForecasterPart {
        let series = try series(contentsOf: path)
        try profile.require(series)
        return try ForecasterPart(
            [SeriesPart(name: series.name, series: series, rows: 0..<series.rows)], profile,
            configuration.shape)
    }
}
