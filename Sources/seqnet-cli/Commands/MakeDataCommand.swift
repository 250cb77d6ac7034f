import ArgumentParser
import SeqNet

struct MakeDataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make-data",
        abstract: "Write a generated data set.",
        subcommands: [MakeAgreementCommand.self])
}

struct MakeAgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "English sentences in which a verb agrees with a subject 1 to 20 words before it.",
        discussion: """
            Writes train.txt, valid.txt, test.txt and pairs.tsv (distance TAB right TAB wrong), with \
            which 'seqnet evaluate MODEL --pairs' measures how far a model's memory reaches.
            """)

    @Option(help: .init("Folder to write to.", valueName: "dir"), completion: .directory)
    var out: String

    @Option(help: .init("Training sentences.", valueName: "n"))
    var size: Int = 20_000

    @Option(help: .init("Seed of the random numbers.", valueName: "n"))
    var seed: Int = 1

    @Flag(help: "Replace files of these names that hold something else.")
    var overwrite = false

    @OptionGroup var quiet: QuietArgument

    func run() throws {
        guard seed >= 0 else {
            throw SeqNetError(.usage, "--seed \(seed): give a number from 0 upwards")
        }
        try AgreementDataSet(size: size, seed: UInt64(seed)).write(
            to: out, overwrite: overwrite)
        quiet.note("wrote train.txt, valid.txt, test.txt and pairs.tsv to \(out)")
        quiet.note(
            "next: seqnet train lm --train \(out)/train.txt --valid \(out)/valid.txt --tokens words")
    }
}
