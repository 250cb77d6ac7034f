/// How the hidden states of a sequence become one vector.
public enum PoolingKind: String, CaseIterable, Sendable {
    /// The state after the last step; of two directions, each one's own last state.
    case last
    /// The mean over all steps.
    case mean
    /// The greatest value of each column over all steps.
    case max
    /// A mean weighted by learnt attention (Yang et al. 2016, Hierarchical Attention Networks).
    case attention
}
