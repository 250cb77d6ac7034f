import ArgumentParser
import SeqNet

struct MakeDatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dates",
        abstract: "Dates as people write them, and by ISO 8601.",
        discussion: """
            Writes train.tsv, valid.tsv and test.tsv (the 3rd of May 1998 TAB 1998-05-03). No date is in \
            two lines.
            """)

    @Option(help: .init("Training dates.", valueName: "n"))
    var size: Int = DatesDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    func run() throws {
        let next = """
            seqnet train translate --train \(output.path("train.tsv")) --valid \(output.path("valid.tsv")) \
            --test \(output.path("test.tsv")) --tokens characters --attention general
            """
        try output.write(next: next) { try DatesDataSet(size: size, seed: $0) }
    }
}
