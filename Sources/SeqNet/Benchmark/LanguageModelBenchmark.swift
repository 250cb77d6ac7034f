/// The speed of training a language model on random tokens, the whole update: forward, backward,
/// clipping, Adam, packing.
public struct LanguageModelBenchmark {
    public let configuration: LanguageModelConfiguration
    public let vocabularySize: Int
    public let batchSize: Int
    public let sequenceLength: Int

    /// - Throws: `.usage` for sizes that make no model or no batch.
    public init(
        _ configuration: LanguageModelConfiguration, vocabularySize: Int, batchSize: Int,
        sequenceLength: Int
    ) throws {
        let sizes = [
            ("--vocabulary", vocabularySize, 2), ("--batch-size", batchSize, 1),
            ("--sequence-length", sequenceLength, 1),
        ]
        for (name, size, least) in sizes { try BenchmarkSize.check(name, size, atLeast: least) }
        self.configuration = configuration
        self.vocabularySize = vocabularySize
        self.batchSize = batchSize
        self.sequenceLength = sequenceLength
        // Of each parameter its gradient and two moments too; of each row and unit gates and states.
        let c = configuration.recurrent, words = Double(vocabularySize)
        let embeddings = configuration.tieWeights ? 0 : words * Double(configuration.embeddingSize)
        let rows = Double(batchSize) * Double(sequenceLength)
        try BenchmarkSize.requireMemory(
            floats: 4 * (weights + embeddings) + rows * Double(c.hiddenSize * c.layers) * 8,
            options: sizes.map(\.0) + ["--hidden-size", "--layers", "--embedding-size"])
    }

    /// Words with numbers for names, and the two that every vocabulary of words has.
    private func vocabulary() throws -> Vocabulary {
        let words = (0..<max(vocabularySize - 2, 0)).map { "w\($0)" }
        return try Vocabulary(kind: .words, tokens: ["<eos>", "<unk>"] + words, source: "benchmark")
    }

    /// Times `repeats` updates.
    public func run(repeats: Int, _ context: KernelContext) throws -> BenchmarkResult {
        try Timing.check(repeats: repeats)
        let model = LanguageModel(configuration, vocabulary: try vocabulary())
        model.parameters.initialize(seed: 1, context)
        model.parameters.pack(context, backward: true)
        let tape = Tape(training: model.parameters, context)
        let optimizer = try Optimizer(TrainingOptions(), model.parameters, context)
        let batch = PackedBatch(sequences: batchSize, steps: sequenceLength)
        let state = CarriedState(model.recurrent, sequences: batchSize)
        var random = Random(seed: 1, stream: 0)
        let ids = (0...batch.rows).map { _ in Int32(random.integer(below: vocabularySize)) }
        let inputs = Array(ids.dropLast()), targets = Array(ids.dropFirst())
        let limits = MachineLimits(context)
        let before = limits.measured()
        var failure: Error?
        let timing = Timing(repeats: repeats) {
            tape.reset()
            let (_, passes) = model.loss(
                inputs, targets: targets, batch, initial: state.layers(), tape)
            tape.backward()
            do { try optimizer.step(tape) } catch { failure = error }
            state.update(from: passes)
        }
        if let failure { throw failure }
        return BenchmarkResult(
            options: options(context, repeats), timing: timing, operations: operations(batch.rows),
            machine: before.andNow(limits),
            more: [
                "parameters": .integer(model.parameters.count),
                "tokens_per_second": .number(Double(batch.rows) / timing.median * 1e3),
                "peak_rss_bytes": .integer(TrainingResult.peakResidentBytes()),
            ])
    }

    private func options(_ context: KernelContext, _ repeats: Int) -> [String: JSONValue] {
        [
            "cell": .string(configuration.recurrent.cell.name),
            "layers": .integer(configuration.recurrent.layers),
            "hidden_size": .integer(configuration.recurrent.hiddenSize),
            "embedding_size": .integer(configuration.embeddingSize),
            "tie_weights": .bool(configuration.tieWeights),
            "vocabulary": .integer(vocabularySize), "batch_size": .integer(batchSize),
            "sequence_length": .integer(sequenceLength), "threads": .integer(context.threads),
            "isa": .string(context.instructionSet), "repeats": .integer(repeats),
        ]
    }

    /// Elements of the matrices that every token meets: of the recurrent layers and the output.
    private var weights: Double {
        let c = configuration.recurrent, units = Double(c.hiddenSize), layers = Double(c.layers)
        let inputs = Double(configuration.embeddingSize) + (layers - 1) * units
        return Double(c.cell.gates) * units * (inputs + layers * units) + Double(vocabularySize) * units
    }

    /// Of the products of an update; where a small vocabulary's embeddings are projected once for
    /// all their tokens, less is done.
    private func operations(_ rows: Int) -> Double { 6 * Double(rows) * weights }
}
