import ArgumentParser
import SeqNet

struct MakeWavesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waves",
        abstract: "An hourly series with daily and weekly waves, trend, weather and noise.",
        discussion: """
            Writes waves.csv with the columns time, demand, temperature and humidity. The noise in demand \
            has a variance of 1: no forecast has a lower mean squared error.
            """)

    @Option(help: .init("Hours.", valueName: "n"))
    var size: Int = WavesDataSet.defaultSize

    @OptionGroup var output: GeneratedDataArguments

    private static let horizon = 24
    /// Hours of which the usual split gives a window's horizon to each part.
    private static let sizeOfUsualSplit = 20 * horizon

    func run() throws {
        // Smaller parts for validation and test would hold no window.
        let held = 2 * Self.horizon
        let split = size < Self.sizeOfUsualSplit ? " --split \(size - 2 * held),\(held),\(held)" : ""
        let next = """
            seqnet train forecast --train \(output.path("waves.csv")) --target demand \
            --features temperature --context 168 --horizon \(Self.horizon)\(split)
            """
        try output.write(next: next) { try WavesDataSet(size: size, seed: $0) }
    }
}
