/// A series of real values: the columns of a CSV or TSV file that a forecaster reads, a row a
/// time step, in the order of the file.
///
/// ```swift
/// let columns = try SeriesColumns(targets: ["OT"], features: ["HUFL", "hour-of-day"])
/// let series = try Series(contentsOf: "ETTh1.csv", columns: columns)
/// ```
public struct Series: Sendable {
    /// What error messages call it.
    public let name: String
    /// Targets first, then features; two for a ``TimeFeature``.
    public let columnNames: [String]
    /// How many of the columns are targets.
    public let targets: Int
    /// [rows, columns], as in the file.
    public let values: [Double]
    /// Seconds from the first row to the second; nil when no column holds times, or for a row alone.
    public let timeStep: Int?

    public var columns: Int { columnNames.count }
    public var rows: Int { values.count / columns }

    /// Reads a file whose first record names the columns.
    /// - Throws: `cannotRead`; `badData` with the line for a field that is no number, or a file that
    ///   is not strictly CSV or TSV; `usage` for a column that is not there.
    public init(contentsOf path: String, columns: SeriesColumns) throws {
        let file = TextFile(path: path)
        var scanner = DelimitedScanner(source: file.name)
        var reader = SeriesReader(columns, source: file.name)
        try file.forEachChunk { try scanner.feed($0) { try reader.take($0) } }
        try scanner.finish { try reader.take($0) }
        self = try reader.series()
    }

    /// Reads the same text from elsewhere, such as a pipe.
    /// - Parameters:
    ///   - name: what error messages call it.
    ///   - nextBytes: some more of the text; nil at its end.
    public init(
        name: String, columns: SeriesColumns, nextBytes: () throws -> ArraySlice<UInt8>?
    ) throws {
        var scanner = DelimitedScanner(source: name)
        var reader = SeriesReader(columns, source: name)
        while let bytes = try nextBytes() {
            try scanner.feed(bytes) { try reader.take($0) }
        }
        try scanner.finish { try reader.take($0) }
        self = try reader.series()
    }

    init(name: String, columnNames: [String], targets: Int, values: [Double], timeStep: Int? = nil) {
        precondition(1...columnNames.count ~= targets && values.count % columnNames.count == 0)
        self.name = name
        self.columnNames = columnNames
        self.targets = targets
        self.values = values
        self.timeStep = timeStep
    }

    /// Rows after which the series can be expected to come round: a day of steps of hours or
    /// minutes, a week of days, a year of weeks, months or quarters; nil when the step is none of
    /// these.
    public var season: Int? {
        guard let timeStep, timeStep > 0 else { return nil }
        switch timeStep {
        case ..<Timestamp.day: return Timestamp.day % timeStep == 0 ? Timestamp.day / timeStep : nil
        case Timestamp.day: return 7
        case 7 * Timestamp.day: return 52
        case 28 * Timestamp.day...31 * Timestamp.day: return 12
        case 90 * Timestamp.day...92 * Timestamp.day: return 4
        default: return nil
        }
    }
}
