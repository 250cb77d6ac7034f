import Testing

@testable import SeqNet

@Suite struct GeneratorTaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func properties(
        _ options: TrainingOptions, records: Int, condition: ConditionMode, hiddenSize: Int = 12,
        dropout: Float = 0.1
    ) throws -> TaskProperties<GeneratorTask> {
        try TaskProperties(options) { context in
            let corpus = try TinySequences.corpus(records, in: folder)
            let model = try TinySequences.model(
                corpus, context, layers: 1, condition: condition, hiddenSize: hiddenSize,
                dropout: dropout)
            return GeneratorTask(model, corpus, options, context)
        }
    }

    @Test(arguments: ConditionMode.allCases)
    func threadsAndInterruptionsChangeNothing(condition: ConditionMode) throws {
        var options = TrainingOptions()
        options.epochs = 3
        options.batchSize = 8
        try properties(options, records: 150, condition: condition).check(stopsAfter: [2, 1, 20])
    }

    /// The first digit and the length are drawn evenly: what is left is their entropy.
    @Test(arguments: ConditionMode.allCases)
    func learnsToCountTheWayTheLabelSays(condition: ConditionMode) throws {
        var options = TrainingOptions()
        options.epochs = 25
        options.batchSize = 16
        options.learningRate = 0.02
        // The object keeps the folder of its runs.
        let runs = try properties(
            options, records: 600, condition: condition, hiddenSize: 32, dropout: 0)
        let result = try runs.train("learn")
        // log 10 for the first digit and log 5 for the length, over 6 tokens a sequence: 0.65.
        #expect(result.test?["loss"]?.doubleValue ?? 9 < 0.75)

        let model = try Generator(contentsOf: result.model, KernelContext(threads: 1))
        let generator = SequenceGenerator(model, try KernelContext(threads: 1))
        for (label, step) in [("up", 1), ("down", 9)] {
            let wanted = try model.conditions.condition(label, place: "test")
            for sequence in 0..<5 {
                var text = ""
                try generator.generate(
                    wanted, length: 30, options: SamplingOptions(topP: 0.9), seed: 3, sequence: sequence
                ) { text += $0 }
                let digits = text.compactMap(\.wholeNumberValue)
                #expect(digits.count == text.count && digits.count >= 3)
                #expect(
                    zip(digits, digits.dropFirst()).allSatisfy { ($0 + step) % 10 == $1 },
                    "\(label): \(text)")
            }
        }
        withExtendedLifetime(runs) {}
    }
}
