import SeqNet

/// What a run would be like, found by a few updates on a model that is thrown away.
struct DryRun<Plan: TrainingPlan> {
    private let summary: String
    private let sizes: [DataSize]
    private let parameters: Int
    private let stepsPerEpoch: Int
    private let totalSteps: Int
    private let secondsAStep: Double

    /// Updates that are timed, after one that warms up.
    private static var timedSteps: Int { 3 }

    init(_ plan: Plan, _ context: KernelContext, _ reporter: TrainingReporter) throws {
        let task = try plan.makeTask(
            scratchFolder: TemporaryFolderPath.current, context, reporter)
        summary = plan.summary(of: task)
        sizes = plan.sizes(of: task)
        parameters = task.parameters.count
        stepsPerEpoch = task.stepsPerEpoch
        totalSteps = plan.options.steps(perEpoch: task.stepsPerEpoch)
        secondsAStep = try Trainer.time(
            task, plan.options, steps: min(Self.timedSteps, task.stepsPerEpoch), context)
    }

    func print(json: Bool) throws {
        let seconds = secondsAStep * Double(totalSteps)
        let memory = TrainingResult.peakResidentBytes()
        if json {
            var object: JSONValue = [
                "task": .string(Plan.task), "parameters": .integer(parameters),
                "steps_per_epoch": .integer(stepsPerEpoch), "steps": .integer(totalSteps),
                "estimated_seconds": .number(seconds), "peak_rss_bytes": .integer(memory),
            ]
            for size in sizes { object[size.key] = .integer(size.value) }
            try Console.resultLine(try object.serialized())
            return
        }
        try Console.resultLine(summary)
        try Console.resultLine(
            "data: " + sizes.map { "\($0.value) \($0.name)" }.joined(separator: ", "))
        try Console.resultLine("updates: \(totalSteps)")
        try Console.resultLine("memory: about \(memory / 1_000_000) MB")
        try Console.resultLine("time: about \(Format.duration(seconds)), validation not counted")
    }
}
