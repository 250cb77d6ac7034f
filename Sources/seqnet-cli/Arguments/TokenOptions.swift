import SeqNet

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
