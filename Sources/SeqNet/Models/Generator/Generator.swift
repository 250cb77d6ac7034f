/// Writes a sequence for a label or a vector (one-to-many).
///
/// A condition makes the initial states of the recurrent layers and, if asked for, is read at each
/// step: embedding → recurrent layers → softmax over the vocabulary and an end. A loaded model is
/// immutable: any number of threads may share it.
public final class Generator: Sendable {
    /// As model files name it.
    static let task = "generate"

    public let configuration: GeneratorConfiguration
    public let vocabulary: Vocabulary
    public let conditions: GeneratorConditions
    /// Whether it was trained on tunes in ABC.
    public let writesTunes: Bool
    public let parameters: ParameterBlock

    public let embedding: Embedding
    public let recurrent: RecurrentStack
    public let output: SoftmaxOutput
    /// Of labels; vectors are taken as they are.
    private let labelEmbedding: Embedding?
    private let initialStates: InitialStates
    private let conditionSize: Int
    private let dropout: Dropout

    /// The token that ends a sequence, and is read before its first: one beyond the vocabulary.
    public var end: Int32 { Int32(vocabulary.count) }

    /// A uniform variable of variance 1, as PyTorch's normal one.
    private static let embeddingInitializer = Initializer.uniform(bound: 1.7320508)

    /// Builds a model; its parameters are zero until `parameters.initialize` or a file fills them.
    public init(
        _ configuration: GeneratorConfiguration, vocabulary: Vocabulary,
        conditions: GeneratorConditions, writesTunes: Bool = false
    ) {
        self.writesTunes = writesTunes
        self.configuration = configuration
        self.vocabulary = vocabulary
        self.conditions = conditions
        parameters = ParameterBlock()
        let network = configuration.recurrent, size = configuration.embeddingSize
        embedding = Embedding(
            vocabulary: vocabulary.count + 1, size: size, initializer: Self.embeddingInitializer,
            in: parameters)
        switch conditions {
        case .labels(let labels):
            labelEmbedding = Embedding(
                vocabulary: labels.count, size: size, initializer: Self.embeddingInitializer,
                name: "label_embedding.weight", in: parameters)
            conditionSize = size
        case .vectors(let count):
            labelEmbedding = nil
            conditionSize = count
        }
        initialStates = InitialStates(
            network.cell, inputSize: conditionSize, hiddenSize: network.hiddenSize,
            layers: network.layers, prefix: "initial.", in: parameters)
        let readsCondition = configuration.condition == .everyStep
        recurrent = RecurrentStack(
            network, inputSize: size + (readsCondition ? conditionSize : 0), in: parameters)
        output = SoftmaxOutput(
            inputSize: network.hiddenSize, vocabulary: vocabulary.count + 1, in: parameters)
        dropout = Dropout(rate: network.dropout)
    }

    /// A row for each condition, [conditions, conditionSize].
    func conditionRows(_ conditions: [GeneratorCondition], _ tape: Tape) -> Tensor {
        if let labelEmbedding {
            return labelEmbedding(
                conditions.map {
                    guard case .label(let id) = $0 else { preconditionFailure("a label, not a vector") }
                    return id
                }, tape)
        }
        return tape.tensor(
            conditions.flatMap {
                guard case .vector(let values) = $0 else { preconditionFailure("a vector, not a label") }
                return values
            }, columns: conditionSize)
    }

    /// The states before the first step, a layer each.
    func states(_ condition: Tensor, _ tape: Tape) -> [LayerState] { initialStates(condition, tape) }

    /// What the first layer reads, [rows, its inputSize].
    /// - Parameters:
    ///   - tokens: before those to predict, for each row.
    ///   - condition: [sequences, conditionSize].
    ///   - sequences: of each row.
    func input(
        _ tokens: [Int32], _ condition: Tensor, sequences: [Int32], _ tape: Tape
    ) -> Tensor {
        let x = dropout(embedding(tokens, tape), tape)
        guard configuration.condition == .everyStep else { return x }
        return tape.concatenated([x, tape.gathered(condition, rows: sequences)])
    }

    /// The cross-entropy of each row's target, in nats.
    func loss(_ batch: GeneratorBatch, _ tape: Tape) -> Loss {
        let condition = conditionRows(batch.conditions, tape)
        let x = input(batch.inputs, condition, sequences: batch.sequences, tape)
        let passes = recurrent(x, batch.layout, initial: states(condition, tape), tape)
        return output.loss(dropout(passes.last!.output, tape), targets: batch.targets, tape)
    }
}
