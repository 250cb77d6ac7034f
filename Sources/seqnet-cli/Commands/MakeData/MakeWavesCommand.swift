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

    func run() throws {
        let next = """
            seqnet train forecast --train \(output.path("waves.csv")) --target demand \
            --features temperature --context 168 --horizon 24
            """
        try output.write(next: next) { try WavesDataSet(size: size, seed: $0) }
    }
}
