/// How the next token is drawn from a distribution. The filters act in the order of the
/// properties, each on what the one before has left, renormalised.
public struct SamplingOptions: Equatable, Sendable {
    /// What logits are divided by: below 1 likely tokens become likelier, above 1 less so.
    /// 0 always takes the likeliest token.
    public let temperature: Double
    /// Only the so many likeliest tokens can be drawn; nil for all. Equally likely ones
    /// enter by their ids.
    public let topK: Int?
    /// Only the likeliest tokens that together have this probability can be drawn: as few of
    /// them as reach it (nucleus sampling, Holtzman et al. 2020).
    public let topP: Double
    /// Whether `<unk>` can be drawn. Its probability goes to the others when not.
    public let allowsUnknown: Bool

    /// Sets the options.
    ///
    /// - Throws: `usage` for a temperature below 0 or not finite, a `topK` below 1, or a
    ///   `topP` outside (0, 1].
    public init(
        temperature: Double = 1, topK: Int? = nil, topP: Double = 1, allowsUnknown: Bool = false
    ) throws {
        guard temperature >= 0, temperature.isFinite else {
            throw SeqNetError(
                .usage,
                "--temperature \(temperature): give a number from 0 (the likeliest token) upwards")
        }
        if let topK, topK < 1 {
            throw SeqNetError(.usage, "--top-k \(topK): give a number of tokens, at least 1")
        }
        guard topP > 0, topP <= 1 else {
            throw SeqNetError(.usage, "--top-p \(topP): give a probability above 0, at most 1")
        }
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.allowsUnknown = allowsUnknown
    }

    /// Draws from the model's own distribution, without `<unk>`.
    public static let standard = try! SamplingOptions()
}
