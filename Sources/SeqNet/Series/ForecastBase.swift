/// What the targets of a window are counted from: a network learns what comes beside it.
public enum ForecastBase: String, CaseIterable, Sendable {
    /// Nothing: the standardised values themselves.
    case zero
    /// The last value of each target in the context: the level of a series does not matter then.
    case lastValue
    /// The linear forecast, ridge regression over the training windows: the network adds what a
    /// weighted sum of the context cannot say.
    case linear
}
