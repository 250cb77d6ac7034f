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

    @Option(help: .init("Most tokens of the vocabulary. (default: no limit)", valueName: "n"))
    var vocabSize: Int?

    @Option(
        help: .init("Occurrences below which a token is <unk>. (default: words 2, else 1)",
            valueName: "n"))
    var minCount: Int?
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
        limits = try VocabularyLimits(
            // Left open in config.json when it was not given: other tokens have another default.
            minimumCount: resolver.integer("min_count", arguments.minCount)
                ?? VocabularyLimits.standardMinimumCount(for: kind),
            maximumSize: resolver.integer("vocab_size", arguments.vocabSize))
        let limits = [("min-count", arguments.minCount), ("vocab-size", arguments.vocabSize)]
        if resolver.beginsWithModel, let (name, _) = limits.first(where: { $0.1 != nil }) {
            throw SeqNetError(
                .usage, "--\(name): --init-from keeps the vocabulary of its model; leave one out")
        }
    }
}
