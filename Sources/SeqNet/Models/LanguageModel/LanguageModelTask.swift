/// Training a language model by truncated back-propagation through time: the text is cut into
/// `batchSize` streams that are read side by side; the state is carried from window to window.
public final class LanguageModelTask: TrainingTask {
    public let model: LanguageModel
    public let corpus: Corpus
    private let options: TrainingOptions
    private let sequenceLength: Int
    private let context: KernelContext

    private let batcher: StreamBatcher
    private let state: CarriedState
    private var window = StreamWindow()
    private var passes: [RecurrentPass] = []
    /// The layout of a window of full size, which all but the last share.
    private let fullBatch: PackedBatch

    /// - Parameters:
    ///   - model: with its first values in place; its vocabulary is the corpus's.
    ///   - sequenceLength: steps through which gradients run back.
    /// - Throws: `.usage` or `.badData` when the text is too short for the batch; `.badData` when
    ///   there is no validation part.
    public init(
        _ model: LanguageModel, _ corpus: Corpus, _ options: TrainingOptions, sequenceLength: Int,
        _ context: KernelContext
    ) throws {
        guard let validation = corpus.validation, validation.count >= 2 else {
            throw SeqNetError(
                .badData, "\(corpus.training.name): leaves no validation part of at least 2 tokens; "
                    + "give --valid FILE or another --split")
        }
        self.model = model
        self.corpus = corpus
        self.options = options
        self.sequenceLength = sequenceLength
        self.context = context
        batcher = try StreamBatcher(
            corpus.training, vocabulary: corpus.vocabulary, batchSize: options.batchSize,
            sequenceLength: sequenceLength)
        state = CarriedState(model.recurrent, sequences: options.batchSize)
        fullBatch = PackedBatch(sequences: options.batchSize, steps: batcher.sequenceLength)
    }

    public var parameters: ParameterBlock { model.parameters }
    public var stepsPerEpoch: Int { batcher.windowCount }
    public var hasTest: Bool { (corpus.test?.count ?? 0) >= 2 }

    public var dataFingerprint: String {
        Self.fingerprint(
            of: corpus.training.fingerprint, corpus.validation?.fingerprint, corpus.test?.fingerprint)
    }

    public var carried: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] { state.named }

    public func beginEpoch() { state.reset() }

    public func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss {
        batcher.fill(&window, step)
        let batch = layout
        let (loss, passes) = model.loss(
            window.inputs, targets: window.targets, batch,
            initial: state.layers(sequences: batch.sequences), tape)
        self.passes = passes
        return StepLoss(sum: loss.total, targets: batch.rows, tokens: batch.rows)
    }

    private var layout: PackedBatch {
        let full = window.inputs.count == fullBatch.rows && window.resets.isEmpty
        return full
            ? fullBatch
            : PackedBatch(lengths: window.lengths.map(Int.init), resets: window.resets.map(Int.init))
    }

    public func finishStep() {
        state.update(from: passes)
        passes = []
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation = try model.evaluate(
            part == .test ? corpus.test! : corpus.validation!, context, onProgress: onProgress)
        return Evaluation(objective: evaluation.loss, metrics: evaluation.json)
    }

    public func metadata(history: [JSONValue]) -> ModelMetadata {
        var config = model.configuration.json.merging(options.json) { model, _ in model }
        config["sequence_length"] = .integer(sequenceLength)
        return ModelMetadata(
            task: LanguageModel.task, config: .object(config), vocabulary: model.vocabulary.tokens,
            history: history)
    }
}
