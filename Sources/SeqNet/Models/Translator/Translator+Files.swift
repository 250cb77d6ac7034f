extension Translator {
    /// A model of these texts; see `init(_:sourceVocabulary:targetVocabulary:detokenization:_:)`.
    public convenience init(
        _ configuration: TranslatorConfiguration, _ text: TranslatorText, _ context: KernelContext
    ) {
        self.init(
            configuration, sourceVocabulary: text.source, targetVocabulary: text.target,
            detokenization: text.detokenization, context)
    }

    /// The running text of a translation's tokens: words with white space where the training's targets
    /// have it, characters and bytes one after another.
    public func runningText(of tokens: [[UInt8]]) -> String {
        guard configuration.tokenizer.kind == .words else {
            return String(decoding: tokens.joined(), as: UTF8.self)
        }
        return detokenization.text(of: tokens)
    }

    /// How its texts become tokens, and tokens text.
    public var text: TranslatorText {
        TranslatorText(
            source: sourceVocabulary, target: targetVocabulary, detokenization: detokenization)
    }

    /// Loads a model for inference.
    ///
    /// ```swift
    /// let model = try Translator(contentsOf: "runs/translate-eng-fra-1", KernelContext())
    /// ```
    /// - Parameter path: a model file or a run's folder.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(contentsOf path: String, _ context: KernelContext) throws {
        try self.init(ModelFile(path: path), context)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:)`.
    public convenience init(_ file: ModelFile, _ context: KernelContext) throws {
        try file.require(task: Translator.task)
        let configuration = try TranslatorConfiguration(ConfigurationReader(file))
        self.init(configuration, try TranslatorText(file, configuration.tokenizer), context)
        try parameters.load(file, context, as: .f32)
    }
}
