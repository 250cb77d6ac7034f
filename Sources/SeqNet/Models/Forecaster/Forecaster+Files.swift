extension Forecaster {
    /// Loads a model for inference.
    ///
    /// - Parameter path: a model file or a run's folder.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(contentsOf path: String, _ context: KernelContext) throws {
        try self.init(ModelFile(path: path), context)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:)`.
    public convenience init(_ file: ModelFile, _ context: KernelContext) throws {
        try file.require(task: Forecaster.task)
        let reader = ConfigurationReader(file)
        let configuration = try ForecasterConfiguration(reader)
        let profile = try SeriesProfile(reader, targets: configuration.columns.targets.count)
        let linear = try LinearForecast(
            file, inputs: configuration.shape.context * profile.columnNames.count,
            outputs: configuration.outputs)
        guard linear != nil || configuration.base != .linear else {
            throw SeqNetError(
                .badData, "'\(file.path)': lacks the linear forecast that its values are counted from; "
                    + "the file is damaged")
        }
        self.init(configuration, profile: profile, linear: linear, context)
        try parameters.load(file, context, as: .f32)
    }
}
