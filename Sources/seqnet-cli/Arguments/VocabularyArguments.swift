import ArgumentParser
import SeqNet

/// Which tokens of the training data enter the vocabulary.
struct VocabularyArguments: ParsableArguments {
    @Option(help: .init("Most tokens of the vocabulary. (default: no limit)", valueName: "n"))
    var vocabSize: Int?

    @Option(
        help: .init("Occurrences below which a token is <unk>. (default: words 2, else 1)",
            valueName: "n"))
    var minCount: Int?

    /// - Parameter kind: of the tokens.
    func limits(
        of kind: TokenKind, _ resolver: inout OptionResolver
    ) throws -> VocabularyLimits {
        let limits = try VocabularyLimits(
            // Left open in config.json when it was not given: other tokens have another default.
            minimumCount: resolver.integer("min_count", minCount)
                ?? VocabularyLimits.standardMinimumCount(for: kind),
            maximumSize: resolver.integer("vocab_size", vocabSize))
        let given = [("min-count", minCount), ("vocab-size", vocabSize)]
        if resolver.beginsWithModel, let (name, _) = given.first(where: { $0.1 != nil }) {
            throw SeqNetError(
                .usage, "--\(name): --init-from keeps the vocabulary of its model; leave one out")
        }
        return limits
    }
}
