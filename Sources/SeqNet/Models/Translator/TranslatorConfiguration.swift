/// What determines a translator's architecture and how text becomes its tokens.
///
/// The decoder and the attention have states of `recurrent.hiddenSize`; so has the encoder, whose
/// directions, if it runs both ways, have half of it each.
public struct TranslatorConfiguration: Equatable, Sendable {
    /// Of encoder and decoder; `isBidirectional` is of the encoder alone.
    public let recurrent: RecurrentConfiguration
    public let embeddingSize: Int
    public let attention: AttentionKind
    /// Whether each step also reads the vector by which the token before it was predicted
    /// (Luong et al. 2015).
    public let feedsInput: Bool
    /// The probability with which training puts the model's own token in place of the one before
    /// (scheduled sampling, Bengio et al. 2015).
    public let samplingRate: Float
    /// The target's embedding and the output share their weight.
    public let tiesEmbeddings: Bool
    /// Of source and target.
    public let tokenizer: Tokenizer

    /// - Throws: `.usage` for sizes out of range, or that do not go together.
    public init(
        _ recurrent: RecurrentConfiguration, embeddingSize: Int = 256,
        attention: AttentionKind = .additive, feedsInput: Bool = false, samplingRate: Float = 0,
        tiesEmbeddings: Bool = false, tokenizer: Tokenizer
    ) throws {
        self.recurrent = recurrent
        self.embeddingSize = embeddingSize
        self.attention = attention
        self.feedsInput = feedsInput
        self.samplingRate = samplingRate
        self.tiesEmbeddings = tiesEmbeddings
        self.tokenizer = tokenizer
        try RecurrentConfiguration.check("embedding-size", embeddingSize)
        try validate()
    }

    private func validate() throws {
        let size = recurrent.hiddenSize
        guard !recurrent.isBidirectional || size % 2 == 0 else {
            throw SeqNetError(
                .usage, "--hidden-size \(size): with --bidirectional each direction has half of it; "
                    + "give an even number")
        }
        guard !feedsInput || attention != .none else {
            throw SeqNetError(
                .usage, "--input-feeding: feeds what attention gave, and there is none; give "
                    + "--attention dot, general or additive")
        }
        guard samplingRate >= 0, samplingRate <= 1 else {
            throw SeqNetError(
                .usage, "--scheduled-sampling \(samplingRate): give a probability from 0 to 1")
        }
        guard !tiesEmbeddings || embeddingSize == size else {
            throw SeqNetError(
                .usage,
                "--tie-embeddings: the embedding (\(embeddingSize)) and the hidden state (\(size)) "
                    + "must have one size; give --embedding-size \(size)")
        }
    }
}
