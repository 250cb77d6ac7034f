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

/// The token options of a run as they were decided.
struct TokenOptions {
    let tokenizer: Tokenizer
    let limits: VocabularyLimits

    init(
        _ arguments: TokenArguments, default standard: TokenKind, _ resolver: inout OptionResolver
    ) throws {
        let kind = try resolver.choice("tokens", arguments.tokens, default: standard)
        tokenizer = try Tokenizer(
            kind: kind, lowercase: resolver.flag("lowercase", arguments.lowercase),
            splitPunctuation: resolver.flag("split_punctuation", arguments.splitPunctuation))
        limits = try arguments.vocabulary.limits(of: kind, &resolver)
    }
}
