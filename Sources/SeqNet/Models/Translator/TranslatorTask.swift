/// Training a translator: pairs of like lengths in a batch, in an order drawn for each epoch.
public final class TranslatorTask: TrainingTask {
    public let model: Translator
    public let corpus: TranslatorCorpus
    private let options: TrainingOptions
    private let search: BeamSearchOptions
    private var order: EpochOrder<Int>
    public let stepsPerEpoch: Int

    /// - Parameters:
    ///   - model: with its first values in place; its vocabularies are the corpus's.
    ///   - search: how the test part is translated. Validation takes the likeliest token each time.
    public init(
        _ model: Translator, _ corpus: TranslatorCorpus, _ options: TrainingOptions,
        search: BeamSearchOptions
    ) {
        self.model = model
        self.corpus = corpus
        self.options = options
        self.search = search
        let lengths = zip(corpus.training.sources.lengths, corpus.training.targets.lengths)
        let buckets = LengthBuckets(
            lengths: lengths.map(+), batchSize: options.batchSize, seed: options.seed)
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
        let batch = model.batch(corpus.training, order.batch(epoch: epoch, step: step))
        let loss = model.loss(batch, tape)
        return StepLoss(
            sum: loss.total, targets: batch.targets.count, tokens: batch.targets.count)
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation =
            part == .test
            ? try model.evaluate(corpus.test!, search, onProgress: onProgress)
            : try model.evaluate(
                corpus.validation, BeamSearchOptions(beam: 1), onProgress: onProgress)
        return Evaluation(objective: evaluation.loss, metrics: evaluation.json)
    }

    public func metadata(history: [JSONValue]) throws -> ModelMetadata {
        ModelMetadata(
            task: Translator.task,
            config: .object(model.configuration.json.merging(options.json) { model, _ in model }),
            vocabulary: model.text.target.tokens, history: history,
            additional: try model.text.metadata())
    }
}
