/// What a forecaster knows of the series it was trained on, beside its weights.
public struct SeriesProfile: Equatable, Sendable {
    /// The columns that are read: targets first, then features; two for a ``TimeFeature``.
    public let columnNames: [String]
    public let standardization: Standardization
    /// As ``Series/season``.
    public let season: Int?

    /// - Parameter standardization: of a model that training begins with; nil takes that of the
    ///   training rows.
    /// - Throws: `badData` for series with different columns, and for a target that never changes.
    init(of training: [SeriesPart], standardization: Standardization? = nil) throws {
        let first = training[0].series
        columnNames = first.columnNames
        season = first.season
        self.standardization = try standardization ?? Standardization(training)
    }

    /// Refuses a series with other columns.
    /// - Throws: `badData` that names the first that differs.
    func require(_ series: Series) throws {
        for (found, expected) in zip(series.columnNames, columnNames) where found != expected {
            throw SeqNetError(
                .badData, "\(series.name): has the column '\(found)' where training had '\(expected)'; "
                    + "give the columns the names they had there")
        }
        guard series.columns == columnNames.count else {
            throw SeqNetError(
                .badData, "\(series.name): gives \(series.columns) columns where training gave "
                    + "\(columnNames.count), \(columnNames.joined(separator: ", ")); give the same ones")
        }
    }

    // MARK: - In a model file

    /// Part of the configuration.
    var json: [String: JSONValue] {
        [
            "column_names": .array(columnNames.map { .string($0) }),
            "means": .array(standardization.means.map { .number($0) }),
            "deviations": .array(standardization.deviations.map { .number($0) }),
            "season": season.map { .integer($0) } ?? .null,
        ]
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader, targets: Int) throws {
        let names = try reader.value("column_names", \.stringsValue)
        func numbers(_ key: String, _ isGood: (Double) -> Bool) throws -> [Double] {
            let numbers = try reader.value(key) { $0.arrayValue?.compactMap(\.doubleValue) }
            guard numbers.count == names.count, numbers.allSatisfy(isGood) else {
                throw reader.fault("'\(key)' has no number for each of 'column_names' as it must be; "
                    + "the file is damaged, use another copy")
            }
            return numbers
        }
        guard names.count >= targets else {
            throw reader.fault("'column_names' are fewer than 'target'; the file is damaged, use another copy")
        }
        columnNames = names
        standardization = Standardization(
            means: try numbers("means", \.isFinite),
            deviations: try numbers("deviations") { $0 > 0 && $0.isFinite })
        season = try reader.value("season") { $0 == .null ? .some(nil) : $0.intValue.map { .some($0) } }
        guard season ?? 1 >= 1 else { throw reader.fault("'season' is \(season!); the file is damaged") }
    }
}
