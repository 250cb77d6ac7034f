/// The loss of one step's batch.
public struct StepLoss: Sendable {
    /// Summed over the targets: nats, or squared errors.
    public let sum: Double
    /// What is predicted: tokens, labels, values.
    public let targets: Int
    /// What is read, of which the speed of training is told.
    public let tokens: Int

    public init(sum: Double, targets: Int, tokens: Int) {
        self.sum = sum
        self.targets = targets
        self.tokens = tokens
    }
}
