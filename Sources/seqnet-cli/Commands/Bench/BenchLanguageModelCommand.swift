import ArgumentParser
import SeqNet

struct BenchLanguageModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lm",
        abstract: "Time the updates of a language model on random tokens.")

    @OptionGroup var cell: CellArguments

    @Option(help: .init("Units of a layer.", valueName: "n"))
    var hiddenSize: Int = 256

    @Option(help: .init("Recurrent layers.", valueName: "n"))
    var layers: Int = 1

    @Option(
        help: .init("Width of the embedding. (default: 64; --tie-weights: the hidden size)",
            valueName: "n"))
    var embeddingSize: Int?

    @Flag(help: "Share the weight of embedding and output.")
    var tieWeights = false

    @Option(help: .init("Tokens of the vocabulary.", valueName: "n"))
    var vocabulary: Int = 65

    @Option(help: .init("Streams read side by side.", valueName: "b"))
    var batchSize: Int = 32

    @Option(help: .init("Steps through which gradients run back.", valueName: "t"))
    var sequenceLength: Int = 64

    @OptionGroup var bench: BenchArguments

    func run() throws {
        let configuration = try LanguageModelConfiguration(
            RecurrentConfiguration(cell: cell.value(), hiddenSize: hiddenSize, layers: layers),
            embeddingSize: embeddingSize ?? (tieWeights ? hiddenSize : 64), tieWeights: tieWeights,
            tokenizer: Tokenizer(kind: .words))
        let benchmark = try LanguageModelBenchmark(
            configuration, vocabularySize: vocabulary, batchSize: batchSize,
            sequenceLength: sequenceLength)
        try BenchText.show(
            benchmark.run(repeats: bench.repeats, bench.threads.context()), json: bench.json)
    }
}
