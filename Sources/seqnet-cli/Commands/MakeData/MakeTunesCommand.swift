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

    /// Tunes of which the usual split gives one to each part.
    private static let sizeOfUsualSplit = 20

    func run() throws {
        let split = size < Self.sizeOfUsualSplit ? " --split \(size - 2),1,1" : ""
        let next = """
            seqnet train generate --train \(output.path("jigs.abc")) \(output.path("reels.abc")) \
            \(output.path("waltzes.abc")) \(output.path("polkas.abc")) --label file\(split)
            """
        try output.write(next: next) { try TunesDataSet(size: size, seed: $0) }
    }
}
