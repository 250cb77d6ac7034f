import ArgumentParser
import SeqNet

struct BenchSuiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suite",
        abstract: "Time training, forward and streaming of every cell over a range of shapes.",
        discussion: "Some two minutes. --json prints an array of what 'bench rnn' prints.")

    @OptionGroup var bench: BenchArguments

    /// T, B, I = H and layers: small and large, short and long, narrow and wide batches.
    private static let shapes = [
        (50, 32, 128, 1), (50, 32, 512, 1), (100, 64, 256, 2), (35, 20, 200, 2), (25, 64, 1024, 1),
        (200, 8, 64, 1),
    ]
    private static let streamSizes = [64, 128, 256, 512, 1024]
    private static let cells: [Cell] = [.lstm, .gru(.resetAfter), .rnn(.tanh)]

    func run() throws {
        let context = try bench.threads.context()
        var results: [JSONValue] = []
        for benchmark in try Self.benchmarks() {
            let result = try benchmark.run(repeats: bench.repeats, context)
            results.append(result.json)
            if !bench.json { try Console.resultLine(BenchText.line(result)) }
        }
        if bench.json { try Console.resultLine(try JSONValue.array(results).serialized()) }
    }

    private static func benchmarks() throws -> [RecurrentBenchmark] {
        var all: [RecurrentBenchmark] = []
        for cell in cells {
            for mode in [RecurrentBenchmark.Mode.train, .forward] {
                for (time, batch, size, layers) in shapes {
                    all.append(
                        try RecurrentBenchmark(
                            cell, mode: mode, time: time, batch: batch, inputSize: size,
                            hiddenSize: size, layers: layers))
                }
            }
            for size in streamSizes {
                all.append(
                    try RecurrentBenchmark(
                        cell, mode: .stream, time: 1, batch: 1, inputSize: size, hiddenSize: size))
            }
        }
        return all
    }
}
