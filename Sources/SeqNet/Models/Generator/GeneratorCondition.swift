/// What one sequence is conditioned on.
public enum GeneratorCondition: Equatable, Sendable {
    /// A label's id.
    case label(Int32)
    case vector([Float])
}
