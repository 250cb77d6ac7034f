/// What determines a language model's architecture and how text becomes its tokens.
///
/// In the model file it is part of the `config` object, with the names of the command line's
/// options in snake_case.
public struct LanguageModelConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    public let embeddingSize: Int
    /// The output shares the embedding's weight; the sizes must be equal then.
    public let tieWeights: Bool
    public let tokenizer: Tokenizer

    /// - Throws: `.usage` for sizes out of range, and for a network that runs both ways.
    public init(
        _ recurrent: RecurrentConfiguration, embeddingSize: Int = 64, tieWeights: Bool = false,
        tokenizer: Tokenizer
    ) throws {
        self.recurrent = recurrent
        self.embeddingSize = embeddingSize
        self.tieWeights = tieWeights
        self.tokenizer = tokenizer
        try RecurrentConfiguration.check("embedding-size", embeddingSize)
        guard !recurrent.isBidirectional else {
            throw SeqNetError(
                .usage,
                "--bidirectional: a language model predicts each token from those before it, and the "
                    + "second direction would have read it already; leave it out")
        }
        guard !tieWeights || embeddingSize == recurrent.hiddenSize else {
            throw SeqNetError(
                .usage,
                "--tie-weights: the embedding (\(embeddingSize)) and the hidden state "
                    + "(\(recurrent.hiddenSize)) must have one size; give --embedding-size "
                    + "\(recurrent.hiddenSize)")
        }
    }
}
