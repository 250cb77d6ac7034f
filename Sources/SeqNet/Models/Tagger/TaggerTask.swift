/// Training a tagger: sentences of like lengths in a batch, in an order drawn for each epoch.
public final class TaggerTask: TrainingTask {
    public let model: Tagger
    public let corpus: TaggerCorpus
    private let options: TrainingOptions
    private let wordDropout: WordDropout
    private var order: EpochOrder<Int>
    public let stepsPerEpoch: Int

    /// - Parameters:
    ///   - model: with its first values in place; its vocabulary and tags are the corpus's.
    ///   - wordDropout: see `WordDropout`.
    /// - Throws: `.usage` for a rate out of range.
    public init(
        _ model: Tagger, _ corpus: TaggerCorpus, _ options: TrainingOptions, wordDropout: Float
    ) throws {
        self.model = model
        self.corpus = corpus
        self.options = options
        self.wordDropout = try WordDropout(rate: wordDropout, of: corpus.training)
        let buckets = LengthBuckets(
            lengths: corpus.training.words.lengths, batchSize: options.batchSize, seed: options.seed)
        stepsPerEpoch = buckets.count
        order = EpochOrder(buckets.batches)
    }

    public var parameters: ParameterBlock { model.parameters }
    public var hasTest: Bool { corpus.test != nil }

    public var dataFingerprint: String {
        Self.fingerprint(
            of: corpus.training.fingerprint, corpus.validation.fingerprint, corpus.test?.fingerprint)
    }

    public func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss {
        let chosen = order.batch(epoch: epoch, step: step)
        var batch = WordBatch(corpus.training.words, chosen, corpus.training.table)
        wordDropout(&batch.words, tape)
        let targets = corpus.targets.packed(chosen).tokens
        let loss = model.loss(batch, targets: targets, tape)
        return StepLoss(sum: loss.total, targets: targets.count, tokens: targets.count)
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation = model.evaluate(
            part == .test ? corpus.test! : corpus.validation, onProgress: onProgress)
        let score = evaluation.entities?.total.f1 ?? evaluation.confusion.accuracy
        return Evaluation(
            objective: (evaluation.loss ?? 0).isFinite ? 1 - score : .nan, metrics: evaluation.json)
    }

    public func metadata(history: [JSONValue]) -> ModelMetadata {
        var config = options.json
        config["word_dropout"] = .float(wordDropout.rate)
        return model.metadata(config, history: history)
    }
}
