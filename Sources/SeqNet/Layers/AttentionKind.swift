/// How a decoder's state h scores an encoder's state s.
public enum AttentionKind: String, CaseIterable, Sendable {
    /// No attention: the decoder knows the encoder's final states alone (Sutskever et al. 2014).
    case none
    /// h·s (Luong et al. 2015).
    case dot
    /// h·(W s) (Luong et al. 2015).
    case general
    /// w·tanh(V h + b + W s) (Bahdanau et al. 2015).
    case additive
}
