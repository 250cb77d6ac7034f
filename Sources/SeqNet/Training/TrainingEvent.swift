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
