/// What a parameter holds before training.
public enum Initializer: Equatable, Sendable {
    case zeros
    /// Uniform in [-bound, bound).
    case uniform(bound: Float)
}
