/// How likely a model holds a line to be.
public struct LineScore: Equatable, Sendable {
    /// The sum of the tokens' log-probabilities in nats, that of the closing symbol included.
    public let logProbability: Double
    /// Tokens of the line, the closing symbol included.
    public let tokens: Int
    /// Tokens that the vocabulary does not hold, scored as `<unk>`.
    public let unknownCount: Int
}
