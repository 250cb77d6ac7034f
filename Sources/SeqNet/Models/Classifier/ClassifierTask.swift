/// Training a classifier: texts of like lengths in a batch, in an order drawn for each epoch.
public final class ClassifierTask: TrainingTask {
    public let model: Classifier
    public let corpus: ClassifierCorpus
    private let options: TrainingOptions
    private let usesClassWeights: Bool

    /// Training records whose labels the model knows; the order counts among these.
    private let usable: [Int]
    private var order: EpochOrder<Int>
    public let stepsPerEpoch: Int
    /// By label id; nil when every record counts alike.
    private let labelWeights: [Float]?

    /// - Parameters:
    ///   - model: with its first values in place; its vocabulary and labels are the corpus's.
    ///   - classWeights: whether each label counts alike in the loss, however rare it is: a record
    ///     weighs N / (K·n), of N records with K labels, n of them with its own.
    public init(
        _ model: Classifier, _ corpus: ClassifierCorpus, _ options: TrainingOptions, classWeights: Bool
    ) {
        self.model = model
        self.corpus = corpus
        self.options = options
        usesClassWeights = classWeights
        let ids = corpus.training.labelIDs
        usable = ids.indices.filter { ids[$0] != nil }
        let lengths = corpus.training.sequences.lengths
        let buckets = LengthBuckets(
            lengths: usable.map { lengths[$0] }, batchSize: options.batchSize, seed: options.seed)
        stepsPerEpoch = buckets.count
        order = EpochOrder(buckets.batches)
        labelWeights =
            classWeights ? Self.weights(usable.map { ids[$0]! }, labels: model.labels.count) : nil
    }

    private static func weights(_ ids: [Int32], labels: Int) -> [Float] {
        var counts = [Int](repeating: 0, count: labels)
        for id in ids { counts[Int(id)] += 1 }
        let present = counts.count { $0 > 0 }
        return counts.map { $0 == 0 ? 0 : Float(ids.count) / Float(present * $0) }
    }

    public var parameters: ParameterBlock { model.parameters }
    public var hasTest: Bool { corpus.test != nil }

    public var skipped: Int {
        [corpus.training, corpus.validation, corpus.test].compactMap { $0?.skipped }.reduce(0, +)
    }

    public var dataFingerprint: String {
        Self.fingerprint(
            of: corpus.training.fingerprint, corpus.validation.fingerprint, corpus.test?.fingerprint)
    }

    public func forward(epoch: Int, step: Int, _ tape: Tape) throws -> StepLoss {
        let chosen = order.batch(epoch: epoch, step: step).map { usable[$0] }
        let (batch, tokens) = corpus.training.sequences.packed(chosen)
        let labels = chosen.map { corpus.training.labelIDs[$0]! }
        let weights = labelWeights.map { all in labels.map { all[Int($0)] } }
        let divisor = weights.map { $0.reduce(0, +) } ?? Float(labels.count)
        let loss = model.loss(
            tokens, labels: labels, weights: weights, divisor: divisor, batch, tape)
        // The mean over records, so that weighted batches of different labels add up alike.
        let mean = loss.total / Double(divisor)
        return StepLoss(sum: mean * Double(labels.count), targets: labels.count, tokens: tokens.count)
    }

    public func evaluate(
        _ part: EvaluationPart, onProgress: (Double) -> Void
    ) throws -> Evaluation {
        let evaluation = model.evaluate(
            part == .test ? corpus.test! : corpus.validation, onProgress: onProgress)
        let score = usesClassWeights ? evaluation.confusion.macroF1 : evaluation.confusion.accuracy
        // Of equal scores the smaller loss is better; it weighs less than any one record.
        return Evaluation(
            objective: 1 - score + Self.lossWeight * (evaluation.loss ?? 0), metrics: evaluation.json)
    }

    private static let lossWeight = 1e-9

    public func metadata(history: [JSONValue]) -> ModelMetadata {
        var config = model.configuration.json.merging(options.json) { model, _ in model }
        config["class_weights"] = .bool(usesClassWeights)
        return ModelMetadata(
            task: Classifier.task, config: .object(config), vocabulary: model.vocabulary.tokens,
            labels: model.labels.names, history: history)
    }
}
