/// What determines a language model's architecture and how text becomes its tokens.
///
/// In the model file it is part of the `config` object, with the names of the command line's
/// options in snake_case.
public struct LanguageModelConfiguration: Equatable, Sendable {
    public var cell: Cell
    public var hiddenSize: Int
    public var layers: Int
    public var embeddingSize: Int
    /// Dropout after the embedding, between layers and before the output.
    public var dropout: Float
    /// The output shares the embedding's weight; the sizes must be equal then.
    public var tieWeights: Bool
    public var tokenizer: Tokenizer

    public init(
        cell: Cell = .lstm, hiddenSize: Int = 256, layers: Int = 1, embeddingSize: Int = 64,
        dropout: Float = 0, tieWeights: Bool = false, tokenizer: Tokenizer
    ) throws {
        self.cell = cell
        self.hiddenSize = hiddenSize
        self.layers = layers
        self.embeddingSize = embeddingSize
        self.dropout = dropout
        self.tieWeights = tieWeights
        self.tokenizer = tokenizer
        try validate()
    }

    /// The largest size of a layer that is taken for meant: 64k units of an LSTM are 64 GB.
    private static let greatestSize = 1 << 16
    /// The most layers that are taken for meant.
    private static let mostLayers = 256

    private func validate() throws {
        let sizes = [
            ("hidden-size", hiddenSize, Self.greatestSize), ("layers", layers, Self.mostLayers),
            ("embedding-size", embeddingSize, Self.greatestSize),
        ]
        for (name, value, most) in sizes where value < 1 || value > most {
            throw SeqNetError(.usage, "--\(name) \(value): give a number from 1 to \(most)")
        }
        guard dropout >= 0, dropout < 1 else {
            throw SeqNetError(.usage, "--dropout \(dropout): give a probability from 0 to below 1")
        }
        guard !tieWeights || embeddingSize == hiddenSize else {
            throw SeqNetError(
                .usage,
                "--tie-weights: the embedding (\(embeddingSize)) and the hidden state (\(hiddenSize)) "
                    + "must have one size; give --embedding-size \(hiddenSize)")
        }
    }
}
