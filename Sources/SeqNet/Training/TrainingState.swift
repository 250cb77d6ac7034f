/// Where a run stands, beside the floats: what a checkpoint holds as JSON.
struct TrainingState: Codable, Equatable {
    /// Updates done.
    var step = 0
    /// The epoch in progress, counted from 0, and the updates done in it.
    var epoch = 0
    var stepInEpoch = 0
    /// Sums over the epoch in progress.
    var lossSum = 0.0
    var epochTargets = 0
    /// Tokens trained on in the whole run.
    var tokens = 0
    /// Mean loss of the last whole epoch, or of what there was of it.
    var trainLoss: Double?
    var bestObjective: Double?
    /// Which entry of the history that was.
    var bestEntry: Int?
    /// Epochs since the best.
    var epochsSinceBest = 0
    /// What the plateau schedule has come to.
    var plateauFactor: Float = 1
    /// Bytes of the log that belong to this state.
    var logLength = 0
    /// Why the run ended; nil while it goes on.
    var stoppedBy: String?
    var dataFingerprint = ""
}
