extension Tagger {
    private static let schemeKey = "tag_scheme"

    /// What a model file says of it.
    /// - Parameter config: what else determines it: the options of its training.
    func metadata(_ config: [String: JSONValue], history: [JSONValue]) -> ModelMetadata {
        var config = config.merging(configuration.json) { $1 }
        config[Self.schemeKey] = .string(tagSet.scheme.rawValue)
        return ModelMetadata(
            task: Self.task, config: .object(config), vocabulary: vocabulary.words.tokens,
            labels: tagSet.learned, characters: vocabulary.characters.tokens, history: history)
    }

    /// Loads a model for inference.
    ///
    /// - Parameter path: a model file or a run's folder.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(contentsOf path: String, _ context: KernelContext) throws {
        try self.init(ModelFile(path: path), context)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:)`.
    public convenience init(_ file: ModelFile, _ context: KernelContext) throws {
        try file.require(task: Tagger.task)
        let reader = ConfigurationReader(file), source = "model '\(file.path)'"
        let configuration = try TaggerConfiguration(reader)
        let vocabulary = WordVocabulary(
            words: try Vocabulary(
                kind: .words, tokens: file.metadata.vocabulary, source: "\(source), vocabulary"),
            characters: try Vocabulary(
                kind: .characters, tokens: file.metadata.characters ?? [],
                source: "\(source), characters"),
            lowercase: configuration.lowercasesWords)
        let tagSet = try TagSet(
            scheme: reader.value(Self.schemeKey, \.stringValue), learned: file.metadata.labels ?? [],
            source: "\(source), labels")
        self.init(configuration, vocabulary: vocabulary, tagSet: tagSet, context)
        try parameters.load(file, context, as: .f32)
    }
}
