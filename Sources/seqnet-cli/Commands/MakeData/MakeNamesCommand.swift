import ArgumentParser
import SeqNet

struct MakeNamesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "names",
        abstract: "Sentences with names of persons, places and organisations, tagged.",
        discussion: """
            Writes train.conll, valid.conll and test.conll (word TAB tag, by BIO; a blank line between \
            sentences). Most names are made up: letters and context tell their kind.
            """)

    @Option(help: .init("Training sentences.", valueName: "n"))
    var size: Int = NamesDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    func run() throws {
        let next = """
            seqnet train tag --train \(output.path("train.conll")) --valid \(output.path("valid.conll")) \
            --test \(output.path("test.conll")) --column 2 --character-lstm
            """
        try output.write(next: next) { try NamesDataSet(size: size, seed: $0) }
    }
}
