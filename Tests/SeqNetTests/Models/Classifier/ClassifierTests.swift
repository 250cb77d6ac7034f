import Testing

@testable import SeqNet

@Suite struct ClassifierTests {
    private let context: KernelContext
    private let folder: TemporaryFolder
    private let corpus: ClassifierCorpus

    init() throws {
        context = try KernelContext(threads: 2)
        folder = try TemporaryFolder()
        corpus = try TinyReviews.corpus(60, in: folder)
    }

    @Test(arguments: PoolingKind.allCases, [false, true])
    func gradients(pooling: PoolingKind, bidirectional: Bool) throws {
        let model = try TinyReviews.model(
            corpus, context, pooling: pooling, bidirectional: bidirectional)
        // The first weights make attention so even that its gradients drown in rounding.
        model.parameters.fill(seed: 3, scale: 1, context)
        let chosen = LengthBuckets.sortedBatches(corpus.training.sequences.lengths, size: 12)[0]
        let (batch, tokens) = corpus.training.sequences.packed(chosen)
        let labels = chosen.map { corpus.training.labelIDs[$0]! }
        let weights = labels.map { Float($0 + 1) / 2 }
        // A maximum has kinks.
        var check = GradientCheck(block: model.parameters, context: context)
        if pooling == .max { check.step = 1e-3; check.bound = 1e-2 }
        check.run { tape in
            model.loss(tokens, labels: labels, weights: weights, divisor: 1, batch, tape).total
        }
    }

    @Test(arguments: PoolingKind.allCases)
    func aTextGetsTheSameAnswerAloneAndAmongOthers(pooling: PoolingKind) throws {
        let model = try TinyReviews.model(corpus, context, pooling: pooling)
        let texts = TinyReviews.records(150, seed: 7).map(\.text)
        let together = try model.classify(texts)
        for index in [0, 3, 77, 149] {
            #expect(try model.classify([texts[index]]) == [together[index]])
        }
    }

    @Test func aTextWithoutAWordHasNoAnswer() throws {
        let model = try TinyReviews.model(corpus, context)
        let answers = try model.classify(["", "good", " \t"])
        #expect(answers[0] == nil && answers[1] != nil && answers[2] == nil)
        #expect(abs(answers[1]!.probabilities.reduce(0, +) - 1) < 1e-5)
        #expect(answers[1]!.probability == answers[1]!.probabilities.max())
    }

    @Test func aSavedModelGivesTheSameBits() throws {
        let model = try TinyReviews.model(corpus, context, pooling: .attention, cell: .gru(.resetBefore))
        let task = ClassifierTask(model, corpus, TrainingOptions(), classWeights: true)
        let path = folder.path("model.safetensors")
        try ModelFile.write(task.metadata(history: []), tensors: model.parameters.tensors, to: path)
        let loaded = try Classifier(contentsOf: path, context)
        #expect(loaded.configuration == model.configuration)
        #expect(loaded.labels == model.labels && loaded.vocabulary == model.vocabulary)
        let texts = TinyReviews.records(10, seed: 3).map(\.text)
        #expect(try loaded.classify(texts) == model.classify(texts))
        expectSeqNetError(.badData, path, "seqnet train classify", "seqnet train lm") {
            _ = try LanguageModel(contentsOf: path, context)
        }
    }

    @Test func anEvaluationCountsWhatClassifySays() throws {
        let model = try TinyReviews.model(corpus, context)
        let records = TinyReviews.records(40, seed: 5) + [
            LabelledText(line: 50, text: "good", label: "7"), LabelledText(line: 51, text: "", label: "1"),
        ]
        let part = try ClassifierPart(
            records, name: "test", Tokenizer(kind: .words), corpus.vocabulary, corpus.labels)
        #expect(part.skipped == 1 && part.records == 41)
        #expect(part.unknownLabels.mostFrequent.map(\.label) == ["7"])
        let evaluation = model.evaluate(part)
        let answers = try model.classify(records.dropLast().map(\.text)).map { $0! }
        let right = zip(records, answers).count { $0.label == $1.label }
        #expect(evaluation.confusion.correct == right && evaluation.confusion.total == 41)
        var loss = 0.0
        for (record, answer) in zip(records.dropLast(2), answers) {
            loss -= Double(answer.logProbabilities[Int(corpus.labels.id(of: record.label)!)])
        }
        #expect(abs(try #require(evaluation.loss) - loss / 40) < 1e-9)
        for batchSize in [1, 7] {
            #expect(model.evaluate(part, batchSize: batchSize) == evaluation)
            #expect(
                try model.classify(records.dropLast().map(\.text), batchSize: batchSize) == answers)
        }
    }

    /// Of one step of a sequence (one-to-one): a word of its own decides.
    @Test func oneToOne() throws {
        let records = (0..<120).map {
            LabelledText(line: $0, text: ["sun", "rain", "snow"][$0 % 3], label: ["warm", "wet", "cold"][$0 % 3])
        }
        let path = try folder.write(TinyReviews.csv(records), to: "one.csv")
        var options = TrainingOptions()
        options.epochs = 10
        options.learningRate = 0.02
        let result = try TaskProperties(options) { context in
            let corpus = try ClassifierCorpus(
                CorpusFiles(training: [path], split: .fractions(train: 0.8, validation: 0.2)),
                columns: TextColumns(), tokenizer: Tokenizer(kind: .words),
                source: .training(VocabularyLimits()), seed: 1)
            return ClassifierTask(
                try TinyReviews.model(corpus, context), corpus, options, classWeights: false)
        }.train("one")
        #expect(result.valid?["accuracy"]?.doubleValue == 1)
        #expect(result.trainLoss! < 0.05)
    }
}
