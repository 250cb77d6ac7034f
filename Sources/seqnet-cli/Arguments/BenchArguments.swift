import ArgumentParser
import SeqNet

/// Options of every benchmark.
struct BenchArguments: ParsableArguments {
    @OptionGroup var threads: ThreadArguments

    @Option(help: .init("Timed runs; their median counts.", valueName: "r"))
    var repeats: Int = 20

    @Flag(help: "Print JSON.")
    var json = false
}
