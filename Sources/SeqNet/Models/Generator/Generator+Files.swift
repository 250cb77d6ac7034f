extension Generator {
    /// Loads a model for inference.
    ///
    /// ```swift
    /// let model = try Generator(contentsOf: "runs/generate-jigs-1", KernelContext())
    /// ```
    /// - Parameter path: a model file or a run's folder.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(contentsOf path: String, _ context: KernelContext) throws {
        try self.init(ModelFile(path: path), context)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:)`.
    public convenience init(_ file: ModelFile, _ context: KernelContext) throws {
        try file.require(task: Generator.task)
        let reader = ConfigurationReader(file)
        let configuration = try GeneratorConfiguration(reader)
        let vocabulary = try Vocabulary(
            kind: configuration.tokenizer.kind, tokens: file.metadata.vocabulary,
            source: "model '\(file.path)'")
        self.init(
            configuration, vocabulary: vocabulary,
            conditions: try GeneratorConditions(file, reader),
            writesTunes: try reader.value("tunes", \.boolValue))
        try parameters.load(file, context, as: .f32)
    }
}

extension GeneratorConditions {
    private static let sizeKey = "vector_size"

    /// What the configuration says of vectors; labels stand in the metadata.
    var json: [String: JSONValue] {
        switch self {
        case .labels: [Self.sizeKey: .null]
        case .vectors(let size): [Self.sizeKey: .integer(size)]
        }
    }

    /// The conditions of a model file.
    init(_ file: ModelFile, _ reader: ConfigurationReader) throws {
        guard case .integer? = file.metadata.config[Self.sizeKey] else {
            self = .labels(try LabelSet(file: file))
            return
        }
        let size = try reader.value(Self.sizeKey, \.intValue)
        try reader.checked { try RecurrentConfiguration.check("vector-size", size) }
        self = .vectors(size: size)
    }

    /// The names of the labels; nil of vectors.
    var labelNames: [String]? {
        if case .labels(let labels) = self { labels.names } else { nil }
    }
}
