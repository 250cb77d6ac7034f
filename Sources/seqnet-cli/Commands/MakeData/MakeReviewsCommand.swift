import ArgumentParser
import SeqNet

struct MakeReviewsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reviews",
        abstract: "Reviews of things bought, and their ratings from 1 to 5.",
        discussion: """
            Writes train.csv, valid.csv and test.csv with the columns text and rating. The rating \
            follows from the words and their order ('not good', 'good, but').
            """)

    @Option(help: .init("Training reviews.", valueName: "n"))
    var size: Int = ReviewsDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    func run() throws {
        let next = """
            seqnet train classify --train \(output.path("train.csv")) --valid \(output.path("valid.csv")) \
            --test \(output.path("test.csv")) --text-column text --label-column rating --split-punctuation
            """
        try output.write(next: next) { try ReviewsDataSet(size: size, seed: $0) }
    }
}
