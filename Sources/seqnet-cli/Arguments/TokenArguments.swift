import ArgumentParser
import SeqNet

/// How texts become tokens.
struct TokenArguments: ParsableArguments {
    @Option(help: .init("What a token is. (default: lm characters, else words)", valueName: "kind"))
    var tokens: TokenKind?

    @Flag(
        inversion: .prefixedNo,
        help: "Make every punctuation mark a word of its own. (default: no)")
    var splitPunctuation: Bool?

    @Flag(inversion: .prefixedNo, help: "Lowercase the text. (default: no)")
    var lowercase: Bool?

    @OptionGroup var vocabulary: VocabularyArguments
}
