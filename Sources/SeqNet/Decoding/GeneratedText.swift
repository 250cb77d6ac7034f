/// What became of a generated text, beside the text itself.
public struct GeneratedText: Equatable, Sendable {
    /// Tokens that were drawn.
    public let tokens: Int
    /// Tokens of the prompt.
    public let promptTokens: Int
    /// Tokens of the prompt that the vocabulary does not hold, and that were read as `<unk>`.
    public let promptUnknownCount: Int
}
