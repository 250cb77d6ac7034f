/// What a word's characters say of it: the last states of an LSTM that reads them both ways
/// (Ling et al. 2015; Lample et al. 2016).
public final class CharacterLSTM: Sendable {
    /// Its sizes.
    public struct Configuration: Equatable, Sendable {
        /// Width of a character's embedding.
        public let embeddingSize: Int
        /// Units of each direction.
        public let hiddenSize: Int

        public init(embeddingSize: Int = 32, hiddenSize: Int = 64) {
            self.embeddingSize = embeddingSize
            self.hiddenSize = hiddenSize
        }

        /// As it stands in a model file's configuration.
        var json: [String: JSONValue] {
            [
                "character_embedding_size": .integer(embeddingSize),
                "character_hidden_size": .integer(hiddenSize),
            ]
        }

        /// Reads what `json` wrote.
        init(_ reader: ConfigurationReader) throws {
            func size(_ key: String) throws -> Int {
                try reader.value(key) {
                    $0.intValue.flatMap {
                        (1...RecurrentConfiguration.greatestSize).contains($0) ? $0 : nil
                    }
                }
            }
            embeddingSize = try size("character_embedding_size")
            hiddenSize = try size("character_hidden_size")
        }
    }

    public let embedding: Embedding
    public let layer: RecurrentLayer

    /// Columns of the output.
    public var outputSize: Int { layer.outputSize }

    init(
        _ configuration: Configuration, vocabulary: Int, embeddingBound: Float, in block: ParameterBlock
    ) {
        embedding = Embedding(
            vocabulary: vocabulary, size: configuration.embeddingSize,
            initializer: .uniform(bound: embeddingBound), name: "character_embedding.weight", in: block)
        layer = RecurrentLayer(
            .lstm, inputSize: configuration.embeddingSize, hiddenSize: configuration.hiddenSize,
            bidirectional: true, prefix: "character_rnn.", in: block)
    }

    /// - Returns: for each row of the sentences, [rows, outputSize], what its word's characters say.
    func callAsFunction(_ batch: CharacterBatch, _ tape: Tape) -> Tensor {
        // Looking the table up pays where it is projected less often than the characters would be.
        let looksUp = 2 * embedding.weight.shape[0] <= batch.characters.count
        let pass =
            looksUp
            ? layer(batch.characters, of: embedding, batch.layout, tape)
            : layer(embedding(batch.characters, tape), batch.layout, tape)
        let words = tape.concatenated(pass.finals.map(\.hidden))
        return tape.gathered(words, rows: batch.wordOfRow)
    }
}
