/// What a trainer tells while it works.
public enum TrainingEvent: Sendable {
    /// After every update.
    case progress(TrainingProgress)
    /// An evaluation, which takes a while, and the share of it that is done.
    case evaluating(EvaluationPart, share: Double)
    /// After the evaluation at the end of an epoch, or of the run within one.
    case epochEnded(epoch: Int, trainLoss: Double, valid: JSONValue?, isBest: Bool)
    /// A checkpoint was written.
    case checkpointed(step: Int)
    /// The run goes on from a checkpoint.
    case resumed(step: Int, epoch: Int)
}

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

/// Why a run is asked to stop.
public enum StopRequest: Sendable {
    /// Checkpoint, evaluate the best model, end well (Ctrl-C).
    case interrupt
    /// Checkpoint and end at once (SIGTERM).
    case terminate
}
