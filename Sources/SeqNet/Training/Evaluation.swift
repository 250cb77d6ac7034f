/// The outcome of an evaluation.
public struct Evaluation: Sendable {
    /// What training makes small: the best model has the least.
    public let objective: Double
    /// As in the command line's JSON.
    public let metrics: JSONValue

    public init(objective: Double, metrics: JSONValue) {
        self.objective = objective
        self.metrics = metrics
    }
}
