import SeqNet

/// All decided options of a `train` command, and the steps from them to a task.
protocol TrainingPlan {
    associatedtype Task: TrainingTask

    /// The name of the subcommand and of the task in JSON, such as `lm`.
    static var task: String { get }
    var options: TrainingOptions { get }
    /// The first of them gives the run its name.
    var trainingFiles: [String] { get }
    /// As config.json holds them.
    var decided: [String: JSONValue] { get }

    /// Reads the data and builds the model.
    /// - Parameter scratchFolder: for files that nobody is to keep.
    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> Task
    /// One line about what is trained.
    func summary(of task: Task) -> String
    /// What to change where the data is too small for the options; nil where nothing is.
    func hint(on task: Task) -> String?
    /// How large the data and the vocabulary are, for a dry run.
    func sizes(of task: Task) -> [DataSize]
    /// What the present weights do, on one line, shown after each epoch; nil for nothing.
    func example(of task: Task, _ context: KernelContext) -> String?
    /// The command to try when the model is trained.
    func nextCommand(model: String) -> String
}

extension TrainingPlan {
    func example(of task: Task, _ context: KernelContext) -> String? { nil }

    /// Updates below which a model has hardly learned anything.
    private static var fewUpdates: Int { 100 }

    func hint(on task: Task) -> String? {
        let updates = options.steps(perEpoch: task.stepsPerEpoch)
        guard options.maxSteps == nil, updates < Self.fewUpdates else { return nil }
        return "that is \(updates) updates in all; more --epochs, or a smaller --batch-size, make more of "
            + "little data"
    }
}
