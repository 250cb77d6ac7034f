import SeqNet

/// All decided options of a `train lm`, and the steps from them to a task.
struct LanguageModelPlan {
    let text: TextOptions
    let configuration: LanguageModelConfiguration
    let options: TrainingOptions
    let sequenceLength: Int
    let initFrom: String?
    /// As config.json holds them.
    let decided: [String: JSONValue]

    init(_ command: TrainLanguageModelCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try resolver.string("init_from", command.runArguments.initFrom)
        if let initFrom { resolver.begin(with: try ModelFile(path: initFrom)) }
        text = try TextOptions(command.text, &resolver)
        let cell = try command.model.cell(&resolver)
        let hiddenSize = try resolver.integer("hidden_size", command.model.hiddenSize, default: 256)
        let tied = try resolver.flag("tie_weights", command.languageModel.tieWeights)
        let wide = tied || text.tokenizer.kind == .words
        configuration = try LanguageModelConfiguration(
            cell: cell, hiddenSize: hiddenSize,
            layers: resolver.integer("layers", command.model.layers, default: 1),
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize, default: wide ? hiddenSize : 64),
            dropout: resolver.number("dropout", command.model.dropout, default: 0),
            tieWeights: tied, tokenizer: text.tokenizer)
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        sequenceLength = try resolver.integer("sequence_length", command.languageModel.sequenceLength, default: 64)
        guard sequenceLength >= 1 else {
            throw SeqNetError(.usage, "--sequence-length \(sequenceLength): give at least 1")
        }
        decided = resolver.decided
    }

    /// Reads the data and builds the model.
    func task(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> LanguageModelTask {
        let start = try initFrom.map { try LanguageModel(contentsOf: $0, context) }
        let corpus = try Corpus(
            text.files, tokenizer: text.tokenizer,
            vocabulary: start.map { .model($0.vocabulary) } ?? .training(text.limits),
            scratchFolder: scratchFolder, onProgress: reporter.read)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 })
        where part.unknownCount > 0 {
            reporter.note(
                "\(part.name): \(part.unknownCount) of \(part.count) tokens are not in the vocabulary "
                    + "and become <unk>")
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) tokens of the training text out")
        }
        let model = LanguageModel(configuration, vocabulary: corpus.vocabulary)
        let steps = min(sequenceLength, corpus.training.count / max(options.batchSize, 1))
        try model.requireMemory(toTrain: options, rows: options.batchSize * max(steps, 1))
        if let start {
            try model.copyParameters(from: start)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        return try LanguageModelTask(
            model, corpus, options, sequenceLength: sequenceLength, context)
    }

    /// Updates below which a model has hardly learned anything.
    private static let fewUpdates = 100

    /// What to change where a text is too small for the options; nil where nothing is.
    func hint(on task: LanguageModelTask) -> String? {
        let updates = options.steps(perEpoch: task.stepsPerEpoch)
        guard options.maxSteps == nil, updates < Self.fewUpdates else { return nil }
        return "that is \(updates) updates in all; more --epochs, or a smaller --batch-size or "
            + "--sequence-length, make more of a small text"
    }

    /// One line about what is trained.
    func summary(of task: LanguageModelTask) -> String {
        let c = configuration
        return "lm: \(c.cell.name) \(c.layers)×\(c.hiddenSize), embedding \(c.embeddingSize), "
            + "\(task.model.vocabulary.count) \(c.tokenizer.kind.rawValue) in the vocabulary, "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }
}
