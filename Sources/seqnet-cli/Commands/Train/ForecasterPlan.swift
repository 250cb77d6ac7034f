import SeqNet

/// The plan of `train forecast`.
struct ForecasterPlan: TrainingPlan {
    static let task = "forecast"

    private let files: CorpusFiles
    private let columns: SeriesColumns
    private let shape: WindowShape
    private let base: ForecastBase
    private let recurrent: RecurrentConfiguration
    private let initFrom: String?
    let options: TrainingOptions
    let decided: [String: JSONValue]

    var trainingFiles: [String] { files.training }

    init(_ command: TrainForecasterCommand, _ resolver: inout OptionResolver) throws {
        initFrom = try command.runArguments.start(&resolver)
        files = try command.data.files(&resolver)
        let arguments = command.forecast
        columns = try SeriesColumns(
            targets: resolver.strings("target", arguments.target),
            features: resolver.strings("features", arguments.features))
        shape = try WindowShape(
            context: resolver.integer("context", arguments.context, default: 96),
            horizon: resolver.integer("horizon", arguments.horizon, default: 24))
        base = try arguments.base(&resolver)
        if command.model.embeddingSize != nil {
            throw SeqNetError(
                .usage, "--embedding-size: a forecaster reads numbers and has no embedding; leave it out")
        }
        recurrent = try command.model.configuration(
            ModelArguments.Defaults(hiddenSize: 32), &resolver)
        options = try command.training.options(seed: command.runArguments.seed, &resolver)
        decided = resolver.decided
    }

    func makeTask(
        scratchFolder: String, _ context: KernelContext, _ reporter: TrainingReporter
    ) throws -> ForecasterTask {
        let start = try initFrom.map { try Forecaster(contentsOf: $0, context) }
        let corpus = try ForecasterCorpus(files, columns: columns, shape: shape, start: start)
        if corpus.leftOutCount > 0 {
            reporter.note("--split leaves \(corpus.leftOutCount) rows out")
        }
        let model = try Forecaster(recurrent, for: corpus, base: base, context)
        try model.parameters.requireMemory(
            toTrain: options, rows: min(options.batchSize, corpus.training.count) * shape.context,
            units: recurrent.units)
        if let start {
            try model.parameters.copy(from: start.parameters)
        } else {
            model.parameters.initialize(seed: options.seed, context)
        }
        let task = ForecasterTask(model, corpus, options)
        for note in task.notes { reporter.note(note) }
        return task
    }

    func sizes(of task: ForecasterTask) -> [DataSize] {
        let corpus = task.corpus
        return [
            DataSize(key: "train_windows", name: "training windows", value: corpus.training.count),
            DataSize(key: "valid_windows", name: "validation windows", value: corpus.validation.count),
            DataSize(key: "test_windows", name: "test windows", value: corpus.test?.count ?? 0),
            DataSize(key: "columns", name: "columns", value: corpus.profile.columnNames.count),
        ]
    }

    func summary(of task: ForecasterTask) -> String {
        "forecast: \(task.corpus.training.count) windows, \(shape.context) rows → \(shape.horizon) of "
            + "\(columns.targets.joined(separator: ", ")), \(recurrent.summary), "
            + "\(task.corpus.profile.columnNames.count) columns, \(task.parameters.count) parameters, "
            + "\(task.stepsPerEpoch) updates an epoch"
    }

    func nextCommand(model: String) -> String {
        "seqnet predict \(model) \(ShellWord.quoted(files.training[files.training.count - 1]))"
    }
}
