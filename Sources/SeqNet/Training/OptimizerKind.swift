/// The rule by which gradients change parameters.
public enum OptimizerKind: String, CaseIterable, Sendable {
    /// Kingma & Ba 2015; β 0.9 and 0.999, ε 1e-8.
    case adam
    /// Adam with decoupled weight decay (Loshchilov & Hutter 2019).
    case adamw
    /// Gradient descent, with momentum by option.
    case sgd
    /// Hinton 2012; α 0.99, ε 1e-8.
    case rmsprop

    /// The learning rate when none is given.
    public var defaultLearningRate: Float { self == .sgd ? 0.5 : 0.002 }
}
