import ArgumentParser
import SeqNet

/// The texts of a run and how they become tokens.
struct TextArguments: ParsableArguments {
    /// How a text is cut when no file to validate on is named.
    fileprivate static let standardSplit = "0.9,0.05,0.05"
    /// The same when a file to test on is named.
    fileprivate static let splitBesideTest = "0.95,0.05"

    @Option(
        parsing: .upToNextOption,
        help: .init("Text files to train on.", valueName: "file"), completion: .file())
    var train: [String] = []

    @Option(
        help: .init("Text to validate on. (default: a part of --train)", valueName: "file"),
        completion: .file())
    var valid: String?

    @Option(
        help: .init("Text to test on at the end. (default: a part of --train)", valueName: "file"),
        completion: .file())
    var test: String?

    @Option(
        help: .init("Parts of --train in file order: training, validation, test; fractions, or "
            + "numbers of lines. (default: \(standardSplit); none with --valid)", valueName: "a,b,c"))
    var split: String?

    @Option(help: .init("What a token is. (default: characters)", valueName: "kind"))
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

/// The text options of a run as they were decided.
struct TextOptions {
    let files: CorpusFiles
    let tokenizer: Tokenizer
    let limits: VocabularyLimits

    init(_ arguments: TextArguments, _ resolver: inout OptionResolver) throws {
        let train = try resolver.strings("train", arguments.train)
        let valid = try resolver.string("valid", arguments.valid)
        let test = try resolver.string("test", arguments.test)
        let split = try resolver.string("split", arguments.split)
        guard !train.isEmpty else {
            throw SeqNetError(.usage, "--train: name at least one text file to train on")
        }
        let standard =
            test == nil ? TextArguments.standardSplit : TextArguments.splitBesideTest
        files = try CorpusFiles(
            training: train, validation: valid.map { [$0] } ?? [], test: test.map { [$0] } ?? [],
            split: try (split ?? (valid == nil ? standard : nil)).map { try Split($0) })
        let kind = try resolver.choice("tokens", arguments.tokens, default: .characters)
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
