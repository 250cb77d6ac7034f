extension LanguageModelConfiguration {
    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "embedding_size": .integer(embeddingSize), "tie_weights": .bool(tieWeights),
        ]
        return own.merging(recurrent.json.merging(tokenizer.json) { $1 }) { $1 }
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader) throws {
        self = try reader.checked {
            try Self(
                RecurrentConfiguration(reader),
                embeddingSize: reader.value("embedding_size", \.intValue),
                tieWeights: reader.value("tie_weights", \.boolValue), tokenizer: Tokenizer(reader))
        }
    }
}

extension LanguageModel {
    /// Loads a model for inference.
    ///
    /// ```swift
    /// let model = try LanguageModel(contentsOf: "runs/lm-input-1", KernelContext())
    /// ```
    /// - Parameters:
    ///   - path: a model file or a run's folder.
    ///   - context: sessions on the model use the same instruction set.
    ///   - weights: how they are kept; see `WeightType`.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(
        contentsOf path: String, _ context: KernelContext, weights: WeightType = .f32
    ) throws {
        try self.init(ModelFile(path: path), context, weights: weights)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:weights:)`.
    public convenience init(
        _ file: ModelFile, _ context: KernelContext, weights: WeightType = .f32
    ) throws {
        try file.require(task: LanguageModel.task)
        let configuration = try LanguageModelConfiguration(ConfigurationReader(file))
        let vocabulary = try Vocabulary(
            kind: configuration.tokenizer.kind, tokens: file.metadata.vocabulary,
            source: "model '\(file.path)'")
        self.init(configuration, vocabulary: vocabulary)
        try parameters.load(file, context, as: weights)
    }
}
