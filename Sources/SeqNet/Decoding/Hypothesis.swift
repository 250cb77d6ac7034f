/// A sequence that a beam search found.
struct Hypothesis: Equatable, Sendable {
    /// Without the closing token.
    let tokens: [Int32]
    /// Of all tokens, with the closing one unless the search was cut at its limit.
    let logProbability: Double
    /// By which it is ranked; see `BeamSearchOptions.lengthNormalization`.
    let score: Double
    /// For each token, how much it looked at each step of the source; empty without attention.
    let attention: [[Float]]
}
