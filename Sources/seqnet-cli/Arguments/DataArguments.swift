import ArgumentParser
import SeqNet

/// The files of a run and how they are cut into parts.
struct DataArguments: ParsableArguments {
    /// How data is cut when no file to validate on is named.
    private static let standardSplit = "0.9,0.05,0.05"
    /// The same when a file to test on is named.
    private static let splitBesideTest = "0.95,0.05"

    @Option(
        parsing: .upToNextOption,
        help: .init("Files to train on.", valueName: "file"), completion: .file())
    var train: [String] = []

    @Option(
        help: .init("File to validate on. (default: a part of --train)", valueName: "file"),
        completion: .file())
    var valid: String?

    @Option(
        help: .init("File to test on at the end. (default: a part of --train)", valueName: "file"),
        completion: .file())
    var test: String?

    @Option(
        help: .init("Parts of --train: training, validation, test; fractions, or numbers of rows. A text "
            + "or a series is cut in file order, records after a shuffle by the seed. "
            + "(default: \(standardSplit); none with --valid)", valueName: "a,b,c"))
    var split: String?

    func files(_ resolver: inout OptionResolver) throws -> CorpusFiles {
        let train = try resolver.strings("train", train)
        let valid = try resolver.string("valid", valid)
        let test = try resolver.string("test", test)
        let split = try resolver.string("split", split)
        guard !train.isEmpty else {
            throw SeqNetError(.usage, "--train: name at least one file to train on")
        }
        let standard = test == nil ? Self.standardSplit : Self.splitBesideTest
        return try CorpusFiles(
            training: train, validation: valid.map { [$0] } ?? [], test: test.map { [$0] } ?? [],
            split: try (split ?? (valid == nil ? standard : nil)).map { try Split($0) })
    }
}
