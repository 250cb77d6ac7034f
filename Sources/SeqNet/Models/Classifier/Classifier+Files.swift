extension Classifier {
    /// Loads a model for inference.
    ///
    /// - Parameter path: a model file or a run's folder.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(contentsOf path: String, _ context: KernelContext) throws {
        try self.init(ModelFile(path: path), context)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:)`.
    public convenience init(_ file: ModelFile, _ context: KernelContext) throws {
        try file.require(task: Classifier.task)
        let configuration = try ClassifierConfiguration(ConfigurationReader(file))
        let vocabulary = try Vocabulary(
            kind: configuration.tokenizer.kind, tokens: file.metadata.vocabulary,
            source: "model '\(file.path)'")
        let labels = try LabelSet(file: file)
        self.init(configuration, vocabulary: vocabulary, labels: labels, context)
        try parameters.load(file, context, as: .f32)
    }
}

extension LabelSet {
    /// The labels of a model file.
    /// - Throws: `badData` when there are none, or one twice.
    init(file: ModelFile) throws {
        guard let names = file.metadata.labels, !names.isEmpty else {
            throw SeqNetError(
                .badData, "model '\(file.path)': names no labels; the file is damaged, use another copy")
        }
        try self.init(names: names, source: "model '\(file.path)', labels")
    }
}
