/// A golden file of recurrent layers, as `write_layers` of make_golden.py writes it.
struct GoldenLayers: Decodable {
    var layers: Int
    var inputSize: Int
    var hiddenSize: Int
    var lengths: [Int]
    var parameters: [String: GoldenTensor]
    /// x, h0 and, of an LSTM, c0; states are [layers·directions, sequences, hiddenSize].
    var inputs: [String: GoldenTensor]
    /// y, hn, cn.
    var outputs: [String: GoldenTensor]
    /// The loss is the sum of each output times its weight.
    var lossWeights: [String: GoldenTensor]
    var loss: Double
    var gradients: [String: GoldenTensor]
}
