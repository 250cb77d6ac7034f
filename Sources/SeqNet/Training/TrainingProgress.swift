/// Where a run stands.
public struct TrainingProgress: Sendable {
    /// Counted from 1.
    public let epoch: Int
    public let epochs: Int
    /// Updates done, in the run and in the epoch, and how many there will be.
    public let step: Int
    public let totalSteps: Int
    public let stepInEpoch: Int
    public let stepsPerEpoch: Int
    /// Mean loss of the epoch so far, nats a target.
    public let loss: Double
    public let gradientNorm: Double
    public let learningRate: Float
    /// Of the training steps alone, since this process began.
    public let tokensPerSecond: Double
    /// Mean time of a training step since this process began.
    public let secondsAStep: Double
    /// Since this process began.
    public let seconds: Double
}
