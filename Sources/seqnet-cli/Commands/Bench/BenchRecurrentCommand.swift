import ArgumentParser
import SeqNet

extension RecurrentBenchmark.Mode: ExpressibleByArgument {}
extension WeightType: ExpressibleByArgument {}

struct BenchRecurrentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rnn",
        abstract: "Time recurrent layers on random values.",
        discussion: """
            forward: a batch from a zero state.
            train: packing the weights, forward, and backward for all inputs and \
            parameters.
            stream: one step at batch 1, the state carried, in ms a step.
            """)

    @OptionGroup var cell: CellArguments

    @Option(help: .init("Steps T; a stream has one.", valueName: "t"))
    var time: Int = 50

    @Option(help: .init("Sequences B; a stream has one.", valueName: "b"))
    var batch: Int = 32

    @Option(help: .init("Input width I.", valueName: "n"))
    var input: Int = 128

    @Option(help: .init("Units H of a layer.", valueName: "n"))
    var hidden: Int = 128

    @Option(help: .init("Layers.", valueName: "n"))
    var layers: Int = 1

    @Flag(help: "Run every layer both ways.")
    var bidirectional = false

    @Flag(help: "Draw the lengths of the sequences uniformly from 1 to T.")
    var ragged = false

    @Option(help: .init("What is timed.", valueName: "mode"))
    var mode: RecurrentBenchmark.Mode = .train

    @Option(help: .init("How the weights are kept, not for train.", valueName: "type"))
    var weights: WeightType = .f32

    @Option(
        help: .init(
            "Save inputs, weights, outputs and gradients, to compare them elsewhere.",
            valueName: "file"))
    var saveTensors: String?

    @OptionGroup var bench: BenchArguments

    func run() throws {
        let benchmark = try RecurrentBenchmark(
            cell.value(), mode: mode, time: time, batch: batch, inputSize: input, hiddenSize: hidden,
            layers: layers, isBidirectional: bidirectional, isRagged: ragged,
            weightType: weights)
        let context = try bench.threads.context()
        if let saveTensors { try benchmark.saveTensors(to: saveTensors, context) }
        let result = try benchmark.run(repeats: bench.repeats, context)
        try BenchText.show(result, json: bench.json)
    }
}
