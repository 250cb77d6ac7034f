/// What determines a forecaster's architecture, and what it reads.
public struct ForecasterConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    public let shape: WindowShape
    /// Of the files it was trained on, and of all others.
    public let columns: SeriesColumns
    /// Whether each target is counted from its last value in the context: what the level of a series
    /// was in training does not matter then.
    public let subtractsLast: Bool

    public init(
        _ recurrent: RecurrentConfiguration, shape: WindowShape, columns: SeriesColumns,
        subtractsLast: Bool = false
    ) {
        self.recurrent = recurrent
        self.shape = shape
        self.columns = columns
        self.subtractsLast = subtractsLast
    }

    /// Values of a forecast.
    var outputs: Int { shape.horizon * columns.targets.count }

    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "context": .integer(shape.context), "horizon": .integer(shape.horizon),
            "target": .array(columns.targets.map { .string($0) }),
            "features": .array(columns.features.map { .string($0) }),
            "subtract_last": .bool(subtractsLast),
        ]
        return own.merging(recurrent.json) { $1 }
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader) throws {
        try self.init(
            RecurrentConfiguration(reader),
            shape: WindowShape(
                context: reader.value("context", \.intValue),
                horizon: reader.value("horizon", \.intValue)),
            columns: SeriesColumns(
                targets: reader.value("target", \.stringsValue),
                features: reader.value("features", \.stringsValue)),
            subtractsLast: reader.value("subtract_last", \.boolValue))
    }
}
