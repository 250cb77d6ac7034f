import SeqNet

/// The plan of `train generate`.
struct GeneratorPlan: TrainingPlan {
    static let task = "generate"

    private let files: CorpusFiles
    private let limits: VocabularyLimits
    private let configuration: GeneratorConfiguration
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainGeneratorCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        let tokens = try TokenOptions(command.tokens, default: .words, &resolver)
        limits = tokens.limits
        let recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 256), &resolver)
        configuration = try GeneratorConfiguration(
            recurrent,
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize, default: 64),
            condition: resolver.choice(
                "condition", command.generator.condition, default: .initial),
            tokenizer: tokens.tokenizer,
            label: TuneLabel(argument: resolver.string("label", command.generator.label) ?? "file"))
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> GeneratorTask {
        let start = try initFrom.map { try Generator(contentsOf: $0, context) }
        let corpus = try GeneratorCorpus(
            files, label: configuration.label, tokenizer: configuration.tokenizer,
            source: start.map { .model($0.vocabulary, $0.conditions) } ?? .training(limits),
            seed: options.seed)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 }) {
            reporter.note(unknown: part.unknownCount, of: part.tokens, in: part.name)
            if let note = UnknownLabelsText.note(part.unknownLabels, in: part.name, "are left out") {
                reporter.note(note)
            }
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) records out")
        }
        let model = Generator(
            configuration, vocabulary: corpus.vocabulary, conditions: corpus.conditions,
            writesTunes: corpus.holdsTunes)
        let perRecord = corpus.training.tokens / corpus.training.records
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize, corpus.training.records) * perRecord,
            units: configuration.recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        return GeneratorTask(model, corpus, options, context)
    }

    func sizes(of task: GeneratorTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(key: "train_records", name: "training sequences", value: corpus.training.records),
            DataSize(key: "train_tokens", name: "training tokens", value: corpus.training.tokens),
            DataSize(key: "valid_records", name: "validation sequences", value: corpus.validation.records),
            DataSize(key: "test_records", name: "test sequences", value: corpus.test?.records ?? 0),
            DataSize(
                key: "vocabulary_size", name: "\(configuration.tokenizer.kind.rawValue) in the vocabulary",
                value: corpus.vocabulary.count),
        ]
    }

    func summary(of task: GeneratorTask) -> String {
        let conditions =
            switch task.corpus.conditions {
            case .labels(let labels): "\(labels.count) labels"
            case .vectors(let size): "vectors of \(size)"
            }
        return "generate: \(task.corpus.training.records) sequences, \(conditions), "
            + "\(configuration.recurrent.summary), embedding \(configuration.embeddingSize), "
            + "\(task.model.vocabulary.count) \(configuration.tokenizer.kind.rawValue) in the vocabulary, "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }

    /// The beginning of a sequence for the first of the labels.
    func example(of task: GeneratorTask, _ context: KernelContext) -> String? {
        guard case .labels(let labels) = task.corpus.conditions else { return nil }
        var text = ""
        let length = configuration.tokenizer.kind == .words ? 30 : 150
        let made = try? SequenceGenerator(task.model, context)
            .generate(.label(0), length: length, seed: 1) { text += $0 }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
        return made == nil
            ? "  (no sample: the model gives no numbers)" : "  \(labels.names[0]): \(line)"
    }

    func nextCommand(model: String) -> String { "seqnet sample \(model)" }
}
