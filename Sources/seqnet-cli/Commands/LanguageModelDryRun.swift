import SeqNet

/// What a run would be like, found by a few updates on a model that is thrown away.
struct LanguageModelDryRun {
    private let summary: String
    private let task: LanguageModelTask
    private let totalSteps: Int
    private let secondsAStep: Double

    /// Updates that are timed, after one that warms up.
    private static let timedSteps = 3

    init(_ plan: LanguageModelPlan, _ context: KernelContext) throws {
        let scratch = TemporaryFolderPath.current
        task = try plan.task(scratchFolder: scratch, context, note: Console.note)
        summary = plan.summary(of: task)
        let all = plan.options.epochs * task.stepsPerEpoch
        totalSteps = min(all, plan.options.maxSteps ?? all)
        let measured = try Trainer.time(
            task, plan.options, steps: min(Self.timedSteps, task.stepsPerEpoch), context)
        secondsAStep = measured
    }

    func print(json: Bool) throws {
        let seconds = secondsAStep * Double(totalSteps)
        let memory = TrainingResult.peakResidentBytes()
        if json {
            let object: JSONValue = [
                "task": "lm", "parameters": .integer(task.parameters.count),
                "vocabulary_size": .integer(task.model.vocabulary.count),
                "steps_per_epoch": .integer(task.stepsPerEpoch), "steps": .integer(totalSteps),
                "estimated_seconds": .number(seconds), "peak_rss_bytes": .integer(memory),
            ]
            try Console.resultLine(try object.serialized())
            return
        }
        try Console.resultLine(summary)
        try Console.resultLine("updates: \(totalSteps)")
        try Console.resultLine("memory: about \(memory / 1_000_000) MB")
        try Console.resultLine("time: about \(Format.duration(seconds)), validation not counted")
    }
}
