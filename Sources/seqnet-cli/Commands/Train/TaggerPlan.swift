import SeqNet

/// The plan of `train tag`.
struct TaggerPlan: TrainingPlan {
    static let task = "tag"

    private let files: CorpusFiles
    private let limits: VocabularyLimits
    private let configuration: TaggerConfiguration
    private let wordDropout: Float
    private let vectors: FirstVectors?
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainTaggerCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        limits = try command.vocabulary.limits(of: .words, &resolver)
        let recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 128, isBidirectional: true, dropout: 0.3), &resolver)
        let readsCharacters = try resolver.flag("character_lstm", command.tagger.characterLSTM)
        configuration = try TaggerConfiguration(
            recurrent,
            embeddingSize: resolver.integer(
                "embedding_size", command.model.embeddingSize, default: 100),
            characters: readsCharacters ? CharacterLSTM.Configuration() : nil,
            crf: resolver.flag("crf", command.tagger.crf),
            lowercaseWords: resolver.flag("lowercase_words", command.tagger.lowercaseWords),
            column: command.column.column(&resolver))
        wordDropout = try resolver.number("word_dropout", command.tagger.wordDropout, default: 0.3)
        vectors = try command.tagger.vectors.vectors(of: command.runArguments, &resolver)
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> TaggerTask {
        let start = try initFrom.map { try Tagger(contentsOf: $0, context) }
        let corpus = try TaggerCorpus(
            files, column: configuration.column,
            source: start.map { .model($0.vocabulary, $0.tagSet) }
                ?? .training(limits, lowercase: configuration.lowercasesWords),
            seed: options.seed)
        for part in [corpus.training, corpus.validation, corpus.test].compactMap({ $0 }) {
            for note in part.notes(corpus.tagSet) { reporter.note(note) }
        }
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) sentences out")
        }
        let model = Tagger(
            configuration, vocabulary: corpus.vocabulary, tagSet: corpus.tagSet, context)
        let perSentence = corpus.training.wordCount / corpus.training.sentenceCount + 1
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize, corpus.training.sentenceCount) * perSentence,
            units: configuration.recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        try vectors?.put(in: model.embedding, of: corpus.vocabulary.words, reporter)
        return try TaggerTask(model, corpus, options, wordDropout: wordDropout)
    }

    func sizes(of task: TaggerTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(
                key: "train_sentences", name: "training sentences",
                value: corpus.training.sentenceCount),
            DataSize(key: "train_tokens", name: "training words", value: corpus.training.wordCount),
            DataSize(
                key: "valid_sentences", name: "validation sentences",
                value: corpus.validation.sentenceCount),
            DataSize(
                key: "test_sentences", name: "test sentences", value: corpus.test?.sentenceCount ?? 0),
            DataSize(key: "labels", name: "tags", value: corpus.tagSet.tags.count),
            DataSize(
                key: "vocabulary_size", name: "words in the vocabulary",
                value: corpus.vocabulary.words.count),
        ]
    }

    func summary(of task: TaggerTask) -> String {
        "tag: \(task.corpus.training.sentenceCount) sentences, \(task.corpus.tagSet.tags.count) tags, "
            + "\(configuration.recurrent.summary), embedding \(configuration.embeddingSize)"
            + (configuration.characters.map { ", characters \($0.hiddenSize) both ways" } ?? "")
            + (configuration.usesCRF ? ", conditional random field" : "")
            + ", \(task.model.vocabulary.words.count) words in the vocabulary, "
            + "\(task.parameters.count) parameters, \(task.stepsPerEpoch) updates an epoch"
    }

    func nextCommand(model: String) -> String {
        "echo 'A sentence of words .' | seqnet predict \(model) --lines"
    }
}

extension TaggerPart {
    /// What a reader should know of the data.
    func notes(_ tagSet: TagSet) -> [String] {
        var notes: [String] = []
        if unknownWordCount > 0 {
            notes.append(
                "\(unknownWordCount) of \(wordCount) words are not in the vocabulary and become <unk>")
        }
        if mendedTagCount > 0 {
            notes.append(
                "\(mendedTagCount) of \(wordCount) tags were no sound \(tagSet.scheme.rawValue.uppercased()) "
                    + "and were changed to what they mean")
        }
        if cutCount > 0 {
            notes.append(
                "\(cutCount) sentences of more than \(Tagger.mostWords) words were cut; is a blank line "
                    + "missing?")
        }
        return notes.map { "\(name): \($0)" }
            + [UnknownLabelsText.note(unknownTags, in: name, name: "tag", unit: "word", "count as wrong")]
            .compactMap { $0 }
    }
}
