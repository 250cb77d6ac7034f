import ArgumentParser
import SeqNet

struct MakeAgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement",
        abstract: "English sentences in which a verb agrees with a subject 1 to 20 words before it.",
        discussion: """
            Writes train.txt, valid.txt, test.txt and pairs.tsv (distance TAB right TAB wrong), with \
            which 'seqnet evaluate MODEL --pairs' measures how far a model's memory reaches.
            """)

    @Option(help: .init("Training sentences.", valueName: "n"))
    var size: Int = AgreementDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    /// Sentences below which there may be too few words for streams of the usual batch.
    private static let sizeOfUsualBatch = 16

    func run() throws {
        let next = """
            seqnet train lm --train \(output.path("train.txt")) --valid \(output.path("valid.txt")) \
            --tokens words\(size < Self.sizeOfUsualBatch ? " --batch-size 1" : "")
            """
        try output.write(next: next) { try AgreementDataSet(size: size, seed: $0) }
    }
}
