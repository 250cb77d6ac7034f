/// Cross-entropy with a weight for each class, as PyTorch computes it: the loss of each row, their
/// sum, and the gradients of the sum divided by the sum of the weights.
package struct GoldenWeightedLoss: Decodable {
    /// h, w, b, targets, class_weights.
    package var inputs: [String: GoldenTensor]
    package var losses: GoldenTensor
    package var sum: Double
    package var gradients: [String: GoldenTensor]
}
