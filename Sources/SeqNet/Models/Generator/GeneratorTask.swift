/// Training a generator: sequences of like lengths in a batch, in an order drawn for each epoch.
public final class GeneratorTask: TrainingTask {
    public let model: Generator
    public let corpus: GeneratorCorpus
    private let options: TrainingOptions
    private let context: KernelContext
    private var order: EpochOrder<Int>
    public let stepsPerEpoch: Int

    /// - Parameter model: with its first values in place; its vocabulary and conditions are the
    ///   corpus's.
    public init(
        _ model: Generator, _ corpus: GeneratorCorpus, _ options: TrainingOptions,
        _ context: KernelContext
    ) {
        self.model = model
        self.corpus = corpus
        self.options = options
        self.context = context
        let buckets = LengthBuckets(
            lengths: corpus.training.texts.lengths, batchSize: options.batchSize, seed: options.seed)
        stepsPerEpoch = buckets.count
        order = EpochOrder(buckets.batches)
    }

    public var parameters: ParameterBlock { model.parameters }
    /// Records with labels that the model does not know.
    public var skipped: Int {
        [corpus.training, corpus.validation, corpus.test].reduce(0) {
            $0 + ($1?.unknownLabels.total ?? 0)
        }
    }

    public var hasTest: Bool { corpus.test != nil }

    public var dataFingerprint: String {
        Self.fingerprint(
            of: corpus.training.fingerprint, corpus.validation.fingerprint, corpus.test?.fingerprint)
    }

    public func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss {
        let batch = model.batch(corpus.training, order.batch(epoch: epoch, step: step))
        let loss = model.loss(batch, tape)
        return StepLoss(sum: loss.total, targets: batch.targets.count, tokens: batch.targets.count)
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation = model.evaluate(
            part == .test ? corpus.test! : corpus.validation, context, onProgress: onProgress)
        return Evaluation(objective: evaluation.loss, metrics: evaluation.json)
    }

    public func metadata(history: [JSONValue]) throws -> ModelMetadata {
        var config = model.configuration.json.merging(options.json) { model, _ in model }
            .merging(model.conditions.json) { $1 }
        config["tunes"] = .bool(model.writesTunes)
        return ModelMetadata(
            task: Generator.task, config: .object(config), vocabulary: model.vocabulary.tokens,
            labels: model.conditions.labelNames, history: history)
    }
}
