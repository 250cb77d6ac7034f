/// What a text is cut into. The raw values are those of `--tokens`.
public enum TokenKind: String, Sendable, CaseIterable, Codable {
    /// Unicode scalars: é as one scalar and e with a combining accent are different texts.
    case characters
    /// Runs of scalars between Unicode white space; every line closes with `<eos>`.
    case words
    /// Raw bytes, 0 … 255, of any file.
    case bytes

    /// The bytes of the token that closes a line: `<eos>` of words, otherwise a newline.
    var lineEnd: [UInt8] { self == .words ? SpecialToken.endOfSequence : [UInt8(ascii: "\n")] }

    /// The tokens that a vocabulary holds whatever the text, in order of their bytes. Of
    /// bytes it holds all 256, so there is nothing to ask for.
    var requiredTokens: [[UInt8]] {
        switch self {
        case .words: [SpecialToken.endOfSequence, SpecialToken.unknown]
        case .characters: [[UInt8(ascii: "\n")], SpecialToken.unknown]
        case .bytes: []
        }
    }
}
