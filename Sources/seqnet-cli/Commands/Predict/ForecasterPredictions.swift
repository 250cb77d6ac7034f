import SeqNet

/// `predict` of a forecaster.
struct ForecasterPredictions {
    private let model: Forecaster
    private let json: Bool

    init(_ model: Forecaster, json: Bool) {
        self.model = model
        self.json = json
    }

    /// Forecasts the rows after the last one of a file.
    /// - Parameter path: `-` is stdin.
    func run(_ path: String) throws {
        var reader = try LineReader(path: path)
        let series = try model.series(name: reader.name) { try reader.nextBytes() }
        let forecast = try model.forecast(after: series)
        if json {
            try Console.resultLine(try forecast.json.serialized())
        } else {
            try Console.result(forecast.csv)
        }
    }
}
