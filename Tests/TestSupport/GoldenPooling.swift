/// The golden file of pooling, as `write_pooling` of make_golden.py writes it.
package struct GoldenPooling: Decodable {
    package var lengths: [Int]
    package var attentionSize: Int
    /// [rows, size], packed.
    package var x: GoldenTensor
    /// projection.weight, projection.bias, query.
    package var parameters: [String: GoldenTensor]
    /// The loss is the sum of the output times these.
    package var lossWeights: GoldenTensor
    /// Of each sequence, step by step.
    package var attentionWeights: [GoldenTensor]
    /// mean, max, attention.
    package var outputs: [String: GoldenTensor]
    /// By kind: of x and, of attention, the parameters.
    package var gradients: [String: [String: GoldenTensor]]
}
