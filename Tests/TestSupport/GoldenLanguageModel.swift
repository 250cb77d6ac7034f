/// A golden file of a tiny language model, as `write_language_model` of make_golden.py
/// writes it.
package struct GoldenLanguageModel: Decodable {
    package var cell: String
    package var layers: Int
    package var embeddingSize: Int
    package var hiddenSize: Int
    package var vocabularySize: Int
    package var tieWeights: Bool
    package var parameters: [String: GoldenTensor]
    /// [2·steps + 1, sequences]: inputs, and targets one step later.
    package var ids: GoldenTensor
    package var steps: Int
    /// [steps·sequences, vocabulary], time-major.
    package var logits: GoldenTensor
    package var loss: Double
    package var gradients: [String: GoldenTensor]
    /// h and, of an LSTM, c: [layers, sequences, hiddenSize].
    package var finalStates: [String: GoldenTensor]
    /// The second chunk, which goes on from the final states of the first.
    package var carriedLoss: Double
    package var carriedGradientNorm: Double
    package var carriedFinalStates: [String: GoldenTensor]
}
