import SeqNet

/// What a run would be like, found by a few updates on a model that is thrown away.
struct LanguageModelDryRun {
    private let summary: String
    private let task: LanguageModelTask
    private let totalSteps: Int
    private let secondsAStep: Double

    /// Updates that are timed, after one that warms up.
    private static let timedSteps = 3

    init(
        _ plan: LanguageModelPlan, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws {
        let scratch = TemporaryFolderPath.current
        task = try plan.task(scratchFolder: scratch, context, reporter)
        summary = plan.summary(of: task)
        totalSteps = plan.options.steps(perEpoch: task.stepsPerEpoch)
        secondsAStep = try Trainer.time(
            task, plan.options, steps: min(Self.timedSteps, task.stepsPerEpoch), context)
    }

    /// Tokens of the parts of the data, keyed as in JSON.
    private var sizes: [(key: String, name: String, tokens: Int)] {
        let corpus = task.corpus
        return [
            ("train_tokens", "training", corpus.training.count),
            ("valid_tokens", "validation", corpus.validation?.count ?? 0),
            ("test_tokens", "test", corpus.test?.count ?? 0),
        ]
    }

    func print(json: Bool) throws {
        let seconds = secondsAStep * Double(totalSteps)
        let memory = TrainingResult.peakResidentBytes()
        if json {
            var object: JSONValue = [
                "task": "lm", "parameters": .integer(task.parameters.count),
                "vocabulary_size": .integer(task.model.vocabulary.count),
                "steps_per_epoch": .integer(task.stepsPerEpoch), "steps": .integer(totalSteps),
                "estimated_seconds": .number(seconds), "peak_rss_bytes": .integer(memory),
            ]
            for size in sizes { object[size.key] = .integer(size.tokens) }
            try Console.resultLine(try object.serialized())
            return
        }
        try Console.resultLine(summary)
        let parts = sizes.map { "\($0.name) \($0.tokens)" }.joined(separator: ", ")
        try Console.resultLine("tokens: \(parts)")
        try Console.resultLine("updates: \(totalSteps)")
        try Console.resultLine("memory: about \(memory / 1_000_000) MB")
        try Console.resultLine("time: about \(Format.duration(seconds)), validation not counted")
    }
}
