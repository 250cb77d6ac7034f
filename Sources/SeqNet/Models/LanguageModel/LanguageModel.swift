/// A recurrent language model: the probability of each token given all before it.
///
/// embedding → recurrent layers → softmax over the vocabulary. A loaded model is immutable:
/// any number of sessions on any number of threads may share it.
public final class LanguageModel: Sendable {
    /// As model files name it.
    static let task = "lm"

    public let configuration: LanguageModelConfiguration
    public let vocabulary: Vocabulary
    public let parameters: ParameterBlock

    public let embedding: Embedding
    public let recurrent: RecurrentStack
    public let output: SoftmaxOutput
    private let dropout: Dropout

    /// The bound of an embedding's first values: a uniform variable of variance 1, as PyTorch's
    /// normal one. A tied embedding learns faster from it than from small values: 6.36 against
    /// 7.02 nats after 300 updates on WikiText-2 (2×200, Adam 0.002).
    private static let embeddingBound: Float = 1.7320508

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    public init(_ configuration: LanguageModelConfiguration, vocabulary: Vocabulary) {
        self.configuration = configuration
        self.vocabulary = vocabulary
        parameters = ParameterBlock()
        embedding = Embedding(
            vocabulary: vocabulary.count, size: configuration.embeddingSize,
            initializer: .uniform(bound: Self.embeddingBound), in: parameters)
        recurrent = RecurrentStack(
            configuration.recurrent, inputSize: configuration.embeddingSize, in: parameters)
        output =
            configuration.tieWeights
            ? SoftmaxOutput(tiedTo: embedding, in: parameters)
            : SoftmaxOutput(
                inputSize: configuration.recurrent.hiddenSize, vocabulary: vocabulary.count, in: parameters)
        dropout = Dropout(rate: configuration.recurrent.dropout)
    }

    /// The top layer's hidden states, and the pass of each layer.
    /// - Parameters:
    ///   - tokens: the input of each row of the batch.
    ///   - initial: one state a layer; nil means zeros.
    public func hidden(
        _ tokens: [Int32], _ batch: PackedBatch, initial: [LayerState]? = nil, _ tape: Tape
    ) -> (top: Tensor, passes: [RecurrentPass]) {
        // Looking the table up pays where it is projected less often than the tokens would be.
        // A dropped-out embedding differs from token to token.
        let drops = tape.isTraining && configuration.recurrent.dropout > 0
        let looksUp = !drops && 2 * vocabulary.count <= tokens.count
        let passes =
            looksUp
            ? recurrent(tokens, of: embedding, batch, initial: initial, tape)
            : recurrent(dropout(embedding(tokens, tape), tape), batch, initial: initial, tape)
        return (dropout(passes.last!.output, tape), passes)
    }

    /// The loss of each row's target, in nats, and the pass of each layer.
    /// - Parameter count: what the gradient is divided by; nil means the rows.
    public func loss(
        _ tokens: [Int32], targets: [Int32], _ batch: PackedBatch, initial: [LayerState]? = nil,
        count: Int? = nil, _ tape: Tape
    ) -> (loss: Loss, passes: [RecurrentPass]) {
        let (top, passes) = hidden(tokens, batch, initial: initial, tape)
        return (output.loss(top, targets: targets, count: count.map(Float.init), tape), passes)
    }

    /// The logits of the next token for each row, [rows, vocabulary]; only without recording.
    public func logits(
        _ tokens: [Int32], _ batch: PackedBatch, initial: [LayerState]? = nil, _ tape: Tape
    ) -> (logits: Tensor, passes: [RecurrentPass]) {
        let (top, passes) = hidden(tokens, batch, initial: initial, tape)
        return (output.logits(top, tape), passes)
    }
}
