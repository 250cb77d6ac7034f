/// The windows of the series that a forecaster is trained on.
public struct ForecasterCorpus: Sendable {
    public let columns: SeriesColumns
    public let shape: WindowShape
    public let profile: SeriesProfile
    public let training: ForecasterPart
    public let validation: ForecasterPart
    public let test: ForecasterPart?
    /// Rows of the training files that the split leaves out.
    public let leftOutCount: Int
    /// By the training part; nil of too many inputs.
    let linear: LinearForecast?

    /// Reads the files, and cuts those of the training in the order of their rows.
    ///
    /// - Parameter start: a model that training begins with; values are standardised as for it.
    /// - Throws: what ``Series`` throws; `badData` for a part without a window, for files whose
    ///   columns differ, and for a target that never changes.
    public init(
        _ files: CorpusFiles, columns: SeriesColumns, shape: WindowShape, start: Forecaster? = nil
    ) throws {
        let parts = try SeriesParts(files, columns: columns)
        guard !parts.validation.isEmpty else {
            throw SeqNetError(
                .badData, "\(parts.training[0].name): leaves no validation part; give --valid FILE or "
                    + "another --split")
        }
        let profile = try SeriesProfile(
            of: parts.training, standardization: start?.profile.standardization)
        try start?.profile.require(parts.training[0].series)
        func part(_ parts: [SeriesPart]) throws -> ForecasterPart {
            for part in parts { try profile.require(part.series) }
            return try ForecasterPart(parts, profile, shape)
        }
        training = try part(parts.training)
        validation = try part(parts.validation)
        test = parts.test.isEmpty ? nil : try part(parts.test)
        linear = LinearForecast(training.windows)?.rounded
        leftOutCount = parts.leftOutCount
        self.columns = columns
        self.shape = shape
        self.profile = profile
    }
}
