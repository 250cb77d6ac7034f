/// A golden file of recurrent layers, as `write_layers` of make_golden.py writes it.
package struct GoldenLayers: Decodable {
    package var cell: String
    package var layers: Int
    package var bidirectional: Bool
    package var inputSize: Int
    package var hiddenSize: Int
    package var lengths: [Int]
    package var parameters: [String: GoldenTensor]
    /// x, h0 and, of an LSTM, c0; states are [layers·directions, sequences, hiddenSize].
    package var inputs: [String: GoldenTensor]
    /// y, hn, cn.
    package var outputs: [String: GoldenTensor]
    /// The loss is the sum of each output times its weight.
    package var lossWeights: [String: GoldenTensor]
    package var loss: Double
    package var gradients: [String: GoldenTensor]
}
