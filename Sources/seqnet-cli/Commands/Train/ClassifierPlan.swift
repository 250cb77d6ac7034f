import SeqNet

/// The plan of `train classify`.
struct ClassifierPlan: TrainingPlan {
    static let task = "classify"

    private let files: CorpusFiles
    private let limits: VocabularyLimits
    private let configuration: ClassifierConfiguration
    private let usesClassWeights: Bool
    private let vectors: FirstVectors?
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainClassifierCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        let tokens = try TokenOptions(command.tokens, default: .words, &resolver)
        limits = tokens.limits
        let recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 128, isBidirectional: true, dropout: 0.3), &resolver)
        configuration = try ClassifierConfiguration(
            recurrent,
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize, default: 100),
            pooling: resolver.choice("pooling", command.classifier.pooling, default: .max),
            tokenizer: tokens.tokenizer, columns: command.columns.columns(&resolver))
        usesClassWeights = try resolver.flag("class_weights", command.classifier.classWeights)
        vectors = try command.classifier.vectors.vectors(of: command.runArguments, &resolver)
        if vectors != nil, tokens.tokenizer.kind != .words {
            throw SeqNetError(
                .usage, "--word-vectors: are of words, not of \(tokens.tokenizer.kind.rawValue); leave "
                    + "--tokens out, or the vectors")
        }
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> ClassifierTask {
        let start = try initFrom.map { try Classifier(contentsOf: $0, context) }
        let corpus = try ClassifierCorpus(
            files, columns: configuration.columns, tokenizer: configuration.tokenizer,
            source: start.map { .model($0.vocabulary, $0.labels) } ?? .training(limits),
            seed: options.seed)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 }) {
            reporter.note(unknown: part.unknownCount, of: part.tokens, in: part.name)
            if part.skipped > 0 {
                reporter.note("\(part.name): \(part.skipped) records have no text and are left out")
            }
            if let note = UnknownLabelsText.note(
                part.unknownLabels, in: part.name,
                part.name == corpus.training.name ? "are left out" : "count as wrong")
            {
                reporter.note(note)
            }
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) records out")
        }
        let model = Classifier(
            configuration, vocabulary: corpus.vocabulary, labels: corpus.labels, context)
        let perText = corpus.training.tokens / corpus.training.records + 1
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize, corpus.training.records) * perText,
            units: configuration.recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        try vectors?.put(in: model.embedding, of: corpus.vocabulary, reporter)
        return ClassifierTask(model, corpus, options, classWeights: usesClassWeights)
    }

    func sizes(of task: ClassifierTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(key: "train_records", name: "training texts", value: corpus.training.records),
            DataSize(key: "train_tokens", name: "training tokens", value: corpus.training.tokens),
            DataSize(key: "valid_records", name: "validation texts", value: corpus.validation.records),
            DataSize(key: "test_records", name: "test texts", value: corpus.test?.records ?? 0),
            DataSize(key: "labels", name: "labels", value: corpus.labels.count),
            DataSize(
                key: "vocabulary_size", name: "\(configuration.tokenizer.kind.rawValue) in the vocabulary",
                value: corpus.vocabulary.count),
        ]
    }

    func summary(of task: ClassifierTask) -> String {
        "classify: \(task.corpus.training.records) texts, \(task.model.labels.count) labels, "
            + "\(configuration.recurrent.summary), embedding \(configuration.embeddingSize), "
            + "\(configuration.pooling.rawValue) pooling, "
            + "\(task.model.vocabulary.count) \(configuration.tokenizer.kind.rawValue) in the vocabulary, "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }

    func nextCommand(model: String) -> String { "echo 'a text' | seqnet predict \(model)" }
}
