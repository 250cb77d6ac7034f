/// Reads the source: embedding → recurrent layers, both ways or one.
public final class TranslatorEncoder: Sendable {
    public let embedding: Embedding
    public let recurrent: RecurrentStack
    private let dropout: Dropout

    init(
        _ configuration: TranslatorConfiguration, vocabulary: Int, in block: ParameterBlock
    ) {
        let network = configuration.recurrent
        embedding = Embedding(
            vocabulary: vocabulary, size: configuration.embeddingSize,
            initializer: Translator.embeddingInitializer, name: "encoder.embedding.weight",
            in: block)
        recurrent = RecurrentStack(
            network.cell, inputSize: configuration.embeddingSize,
            hiddenSize: network.hiddenSize / (network.isBidirectional ? 2 : 1),
            layers: network.layers, bidirectional: network.isBidirectional,
            dropout: network.dropout, recurrentDropout: network.recurrentDropout,
            prefix: "encoder.rnn.", in: block)
        dropout = Dropout(rate: network.dropout)
    }

    /// - Parameter tokens: of each row of the batch.
    /// - Returns: the pass of each layer.
    func callAsFunction(_ tokens: [Int32], _ batch: PackedBatch, _ tape: Tape) -> [RecurrentPass] {
        recurrent(tokens, embeddedBy: embedding, dropout, batch, tape)
    }
}
