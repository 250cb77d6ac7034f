/// Tells which of several labels a text has (many-to-one).
///
/// embedding → recurrent layers, both ways or one → pooling over the text → softmax over the
/// labels. A loaded model is immutable: any number of threads may share it.
///
/// ```swift
/// let model = try Classifier(contentsOf: "runs/classify-reviews-1", KernelContext())
/// print(try model.classify(["Fits well, but the colour is off."])[0]?.label ?? "")
/// ```
public final class Classifier: Sendable {
    /// As model files name it.
    static let task = "classify"

    public let configuration: ClassifierConfiguration
    public let vocabulary: Vocabulary
    public let labels: LabelSet
    public let parameters: ParameterBlock
    /// The one it was loaded for; another may be given to train it.
    let context: KernelContext

    public let embedding: Embedding
    public let recurrent: RecurrentStack
    public let pooling: SequencePooling
    public let output: SoftmaxOutput
    private let dropout: Dropout

    /// The bound of an embedding's first values. Words met once or twice keep nearly what they began
    /// with: small values are little noise (macro-F1 of the clothing reviews 0.44 against 0.39).
    private static let embeddingBound: Float = 0.1

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    public init(
        _ configuration: ClassifierConfiguration, vocabulary: Vocabulary, labels: LabelSet,
        _ context: KernelContext
    ) {
        self.configuration = configuration
        self.vocabulary = vocabulary
        self.labels = labels
        self.context = context
        parameters = ParameterBlock()
        embedding = Embedding(
            vocabulary: vocabulary.count, size: configuration.embeddingSize,
            initializer: .uniform(bound: Self.embeddingBound), in: parameters)
        recurrent = RecurrentStack(
            configuration.recurrent, inputSize: configuration.embeddingSize, in: parameters)
        pooling = SequencePooling(
            configuration.pooling, inputSize: recurrent.outputSize, in: parameters)
        output = SoftmaxOutput(
            inputSize: recurrent.outputSize, vocabulary: labels.count, in: parameters)
        dropout = Dropout(rate: configuration.recurrent.dropout)
    }

    /// A vector for each text, [sequences, outputSize of the recurrent layers].
    /// - Parameter tokens: of each row of the batch.
    private func pooled(_ tokens: [Int32], _ batch: PackedBatch, _ tape: Tape) -> Tensor {
        let x = dropout(embedding(tokens, tape), tape)
        let passes = recurrent(x, batch, tape)
        return dropout(pooling(passes.last!, batch, tape).output, tape)
    }

    /// The loss of each text's label, in nats, times the label's weight.
    /// - Parameters:
    ///   - labels: an id for each sequence of the batch.
    ///   - weights: of each sequence; nil means 1.
    ///   - divisor: what the gradient is divided by.
    public func loss(
        _ tokens: [Int32], labels: [Int32], weights: [Float]? = nil, divisor: Float,
        _ batch: PackedBatch, _ tape: Tape
    ) -> Loss {
        output.loss(
            pooled(tokens, batch, tape), targets: labels, weights: weights, count: divisor, tape)
    }

    /// The logarithm of each label's probability, [sequences, labels]; only without recording.
    public func logProbabilities(_ tokens: [Int32], _ batch: PackedBatch, _ tape: Tape) -> Tensor {
        output.logProbabilities(pooled(tokens, batch, tape), tape)
    }
}
