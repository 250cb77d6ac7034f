import SeqNet

/// The plan of `train translate`.
struct TranslatorPlan: TrainingPlan {
    static let task = "translate"

    private let files: CorpusFiles
    private let limits: VocabularyLimits
    private let configuration: TranslatorConfiguration
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainTranslatorCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        let tokens = try TokenOptions(command.tokens, default: .words, &resolver)
        limits = tokens.limits
        let recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 256, isBidirectional: true, dropout: 0.3), &resolver)
        let arguments = command.translator
        configuration = try TranslatorConfiguration(
            recurrent,
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize, default: recurrent.hiddenSize),
            attention: resolver.choice("attention", arguments.attention, default: .additive),
            feedsInput: resolver.flag("input_feeding", arguments.inputFeeding),
            samplingRate: resolver.number(
                "scheduled_sampling", arguments.scheduledSampling, default: 0),
            tiesEmbeddings: resolver.flag("tie_embeddings", arguments.tieEmbeddings),
            tokenizer: tokens.tokenizer)
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> TranslatorTask {
        let start = try initFrom.map { try Translator(contentsOf: $0, context) }
        let corpus = try TranslatorCorpus(
            files, tokenizer: configuration.tokenizer,
            source: start.map { .model($0.text) } ?? .training(limits), seed: options.seed)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 }) {
            reporter.note(
                unknown: part.unknownSources + part.unknownTargets,
                of: part.sourceTokens + part.targetTokens, in: part.name)
            if let cut = part.cutNote { reporter.note(cut) }
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) pairs out")
        }
        let model = Translator(configuration, corpus.text, context)
        let perPair = (corpus.training.sourceTokens + corpus.training.targetTokens)
            / corpus.training.pairs.count
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize, corpus.training.pairs.count) * perPair,
            units: configuration.recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        return TranslatorTask(model, corpus, options, search: .standard)
    }

    func sizes(of task: TranslatorTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(key: "train_pairs", name: "training pairs", value: corpus.training.pairs.count),
            DataSize(key: "train_tokens", name: "target tokens", value: corpus.training.targetTokens),
            DataSize(key: "valid_pairs", name: "validation pairs", value: corpus.validation.pairs.count),
            DataSize(key: "test_pairs", name: "test pairs", value: corpus.test?.pairs.count ?? 0),
            DataSize(
                key: "source_vocabulary_size", name: "source \(configuration.tokenizer.kind.rawValue)",
                value: corpus.text.source.count),
            DataSize(
                key: "vocabulary_size", name: "target \(configuration.tokenizer.kind.rawValue)",
                value: corpus.text.target.count),
        ]
    }

    func summary(of task: TranslatorTask) -> String {
        "translate: \(task.corpus.training.pairs.count) pairs, \(configuration.recurrent.summary), "
            + "attention \(configuration.attention.rawValue), "
            + "embedding \(configuration.embeddingSize), \(task.corpus.text.source.count) source and "
            + "\(task.corpus.text.target.count) target \(configuration.tokenizer.kind.rawValue), "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }

    /// The first pair of the validation part.
    func example(of task: TranslatorTask, _ context: KernelContext) -> String? {
        guard let pair = task.corpus.validation.pairs.first,
            let search = try? BeamSearchOptions(beam: 1),
            let best = try? task.model.translate([pair.source], search)[0][0]
        else { return nil }
        return "  \(pair.source) → \(best.text)"
    }

    func nextCommand(model: String) -> String { "echo 'a sentence' | seqnet predict \(model)" }
}

extension TranslatorPart {
    /// What a reader should know of pairs that were cut; nil of none.
    var cutNote: String? {
        cutCount == 0
            ? nil
            : "\(name): \(cutCount) pairs of more than \(Translator.mostTokens(of: tokenKind)) "
                + "\(tokenKind.rawValue) were cut"
    }
}
