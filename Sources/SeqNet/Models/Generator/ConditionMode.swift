/// Where the condition of a generated sequence enters the network.
public enum ConditionMode: String, CaseIterable, Sendable {
    /// The initial states of the recurrent layers are made of it.
    case initial
    /// Each step reads it too, beside the token before.
    case everyStep = "every-step"
}
