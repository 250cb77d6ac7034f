import ArgumentParser
import SeqNet

struct MakeTunesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tunes",
        abstract: "Dance tunes of four kinds in ABC notation.",
        discussion: """
            Writes jigs.abc, reels.abc, waltzes.abc and polkas.abc. Bars equal the metre.
            """)

    @Option(help: .init("Tunes of all kinds.", valueName: "n"))
    var size: Int = TunesDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    func run() throws {
        let next = """
            seqnet train generate --train \(output.path("jigs.abc")) \(output.path("reels.abc")) \
            \(output.path("waltzes.abc")) \(output.path("polkas.abc")) --label file
            """
        try output.write(next: next) { try TunesDataSet(size: size, seed: $0) }
    }
}
