import ArgumentParser
import SeqNet

struct BenchProductCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gemm",
        abstract: "Time the matrix product, beside OpenBLAS where that is installed.",
        discussion: "The product of a [M, K] and a packed b [K, N]; both libraries in turn.")

    @Option(help: .init("Rows M.", valueName: "m"))
    var rows: Int = 1600

    @Option(help: .init("Columns N.", valueName: "n"))
    var columns: Int = 2048

    @Option(help: .init("Inner size K.", valueName: "k"))
    var inner: Int = 512

    @OptionGroup var bench: BenchArguments

    func run() throws {
        let benchmark = try ProductBenchmark(rows: rows, columns: columns, inner: inner)
        try BenchText.show(
            benchmark.run(repeats: bench.repeats, bench.threads.context()), json: bench.json)
    }
}
