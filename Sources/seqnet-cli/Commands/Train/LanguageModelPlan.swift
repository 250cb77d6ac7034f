import SeqNet

/// The plan of `train lm`.
struct LanguageModelPlan: TrainingPlan {
    static let task = "lm"

    private let files: CorpusFiles
    private let limits: VocabularyLimits
    private let configuration: LanguageModelConfiguration
    private let sequenceLength: Int
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainLanguageModelCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        let tokens = try TokenOptions(command.tokens, default: .characters, &resolver)
        limits = tokens.limits
        let recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 256), &resolver)
        let tied = try resolver.flag("tie_weights", command.languageModel.tieWeights)
        let wide = tied || tokens.tokenizer.kind == .words
        configuration = try LanguageModelConfiguration(
            recurrent,
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize,
                default: wide ? recurrent.hiddenSize : 64),
            tieWeights: tied, tokenizer: tokens.tokenizer)
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        sequenceLength = try resolver.integer(
            "sequence_length", command.languageModel.sequenceLength, default: 64)
        guard sequenceLength >= 1 else {
            throw SeqNetError(.usage, "--sequence-length \(sequenceLength): give at least 1")
        }
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> LanguageModelTask {
        let start = try initFrom.map { try LanguageModel(contentsOf: $0, context) }
        let corpus = try Corpus(
            files, tokenizer: configuration.tokenizer,
            vocabulary: start.map { .model($0.vocabulary) } ?? .training(limits),
            scratchFolder: scratchFolder, onProgress: reporter.read)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 }) {
            reporter.note(unknown: part.unknownCount, of: part.count, in: part.name)
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) tokens of the training text out")
        }
        let model = LanguageModel(configuration, vocabulary: corpus.vocabulary)
        let steps = min(sequenceLength, corpus.training.count / max(options.batchSize, 1))
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize * max(steps, 1), corpus.training.count),
            units: configuration.recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        return try LanguageModelTask(
            model, corpus, options, sequenceLength: sequenceLength, context)
    }

    func sizes(of task: LanguageModelTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(key: "train_tokens", name: "training tokens", value: corpus.training.count),
            DataSize(
                key: "valid_tokens", name: "validation tokens", value: corpus.validation?.count ?? 0),
            DataSize(key: "test_tokens", name: "test tokens", value: corpus.test?.count ?? 0),
            DataSize(
                key: "vocabulary_size", name: "\(configuration.tokenizer.kind.rawValue) in the vocabulary",
                value: corpus.vocabulary.count),
        ]
    }

    func summary(of task: LanguageModelTask) -> String {
        "lm: \(configuration.recurrent.summary), embedding \(configuration.embeddingSize), "
            + "\(task.model.vocabulary.count) \(configuration.tokenizer.kind.rawValue) in the vocabulary, "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }

    /// A short text of the present weights.
    func example(of task: LanguageModelTask, _ context: KernelContext) -> String? {
        var text = ""
        let length = configuration.tokenizer.kind == .words ? 30 : 150
        let made = try? TextGenerator(task.model, context)
            .generate(length: length, options: .standard, seed: 1) { text += $0 }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
        return made == nil ? "  (no sample: the model gives no numbers)" : "  sample: \(line)"
    }

    func nextCommand(model: String) -> String { "seqnet sample \(model)" }
}
