/// A golden file of a tiny language model, as `write_language_model` of make_golden.py
/// writes it; the optimisers' losses in it are for the tests of whole models.
struct GoldenLanguageModel: Decodable {
    var cell: String
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
    var finalStates: [String: GoldenTensor]
    var carriedLoss: Double
    var carriedGradientNorm: Double
    var carriedFinalStates: [String: GoldenTensor]
}
