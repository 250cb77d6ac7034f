/// A golden file of recurrent layers, as `write_layers` of make_golden.py writes it.
struct GoldenLayers: Decodable {
    var cell: String
    var layers: Int
    var bidirectional: Bool
    var inputSize: Int
    var hiddenSize: Int
    var lengths: [Int]
    var parameters: [String: GoldenTensor]
    var inputs: [String: GoldenTensor]
    var outputs: [String: GoldenTensor]
    var lossWeights: [String: GoldenTensor]
    var loss: Double
    var gradients: [String: GoldenTensor]
}
