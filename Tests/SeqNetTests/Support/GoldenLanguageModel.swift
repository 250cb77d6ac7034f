/// A golden file of a tiny language model, as `write_language_model` of make_golden.py
/// writes it.
struct GoldenLanguageModel: Decodable {
    var layers: Int
    var embeddingSize: Int
    var hiddenSize: Int
    var vocabularySize: Int
    var tieWeights: Bool
    var parameters: [String: GoldenTensor]
    /// [2·steps + 1, sequences]: inputs, and targets one step later.
    var ids: GoldenTensor
    var steps: Int
    /// [steps·sequences, vocabulary], time-major.
    var logits: GoldenTensor
    var loss: Double
    var gradients: [String: GoldenTensor]
    /// h and, of an LSTM, c: [layers, sequences, hiddenSize].
    var finalStates: [String: GoldenTensor]
    /// The second chunk, which goes on from the final states of the first.
    var carriedLoss: Double
    var carriedGradientNorm: Double
    var carriedFinalStates: [String: GoldenTensor]
}
