/// Training a forecaster: windows in an order drawn for each epoch.
public final class ForecasterTask: TrainingTask {
    public let model: Forecaster
    public let corpus: ForecasterCorpus
    private let options: TrainingOptions
    private var order: EpochOrder<WindowPlace>
    public let stepsPerEpoch: Int
    /// Of the validation part, and of the test part if there is one.
    private let references: [ReferenceErrors]
    /// The linear forecast as tensors.
    private let linear: ParameterBlock?

    /// - Parameter model: of the corpus, with its first values in place.
    public init(_ model: Forecaster, _ corpus: ForecasterCorpus, _ options: TrainingOptions) {
        self.model = model
        self.corpus = corpus
        self.options = options
        let batches = WindowBatches(
            corpus.training.windows, batchSize: options.batchSize, seed: options.seed)
        stepsPerEpoch = batches.count
        order = EpochOrder(batches.batches)
        linear = model.linear?.block()
        references = [corpus.validation, corpus.test].compactMap { part in
            part.map { ReferenceErrors(model, on: $0) }
        }
    }

    public var parameters: ParameterBlock { model.parameters }
    public var constants: [SafetensorsTensor] { linear?.tensors ?? [] }
    public var hasTest: Bool { corpus.test != nil }

    /// Why some of the forecasts that the model is held against are missing.
    public var notes: [String] { references.flatMap(\.notes) }

    public var dataFingerprint: String {
        Self.fingerprint(
            of: corpus.training.fingerprint, corpus.validation.fingerprint, corpus.test?.fingerprint)
    }

    public func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss {
        let batch = SeriesBatch(
            corpus.training.windows, order.batch(epoch: epoch, step: step),
            base: model.configuration.base, linear: model.linear)
        let loss = model.loss(batch, tape)
        return StepLoss(sum: loss.total, targets: batch.targets.count, tokens: batch.layout.rows)
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation =
            part == .test
            ? model.evaluate(corpus.test!, references: references[1], onProgress: onProgress)
            : model.evaluate(corpus.validation, references: references[0], onProgress: onProgress)
        return Evaluation(objective: evaluation.errors.mse, metrics: evaluation.json)
    }

    public func metadata(history: [JSONValue]) -> ModelMetadata {
        let config = model.configuration.json.merging(model.profile.json) { $1 }
            .merging(options.json) { model, _ in model }
        return ModelMetadata(
            task: Forecaster.task, config: .object(config), vocabulary: [], history: history)
    }
}
