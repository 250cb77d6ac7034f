/// What determines a forecaster's architecture, and what it reads.
public struct ForecasterConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    public let shape: WindowShape
    /// Of the files it was trained on, and of all others.
    public let columns: SeriesColumns
    /// What the targets are counted from.
    public let base: ForecastBase

    public init(
        _ recurrent: RecurrentConfiguration, shape: WindowShape, columns: SeriesColumns,
        base: ForecastBase = .zero
    ) {
        self.recurrent = recurrent
        self.shape = shape
        self.columns = columns
        self.base = base
    }

    /// Values of a forecast.
    var outputs: Int { shape.horizon * columns.targets.count }

    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "context": .integer(shape.context), "horizon": .integer(shape.horizon),
            "target": .array(columns.targets.map { .string($0) }),
            "features": .array(columns.features.map { .string($0) }),
            "subtract_last": .bool(base == .lastValue),
            "subtract_linear": .bool(base == .linear),
        ]
        return own.merging(recurrent.json) { $1 }
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader) throws {
        let subtractsLinear = try reader.value("subtract_linear", default: false, \.boolValue)
        let subtractsLast = try reader.value("subtract_last", \.boolValue)
        self = try reader.checked {
            try Self(
                RecurrentConfiguration(reader),
                shape: WindowShape(
                    context: reader.value("context", \.intValue),
                    horizon: reader.value("horizon", \.intValue)),
                columns: SeriesColumns(
                    targets: reader.value("target", \.stringsValue),
                    features: reader.value("features", \.stringsValue)),
                base: subtractsLinear ? .linear : subtractsLast ? .lastValue : .zero)
        }
    }
}
