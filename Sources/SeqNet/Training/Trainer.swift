/// Trains a model of any task: updates, validation, checkpoints, and a clean stop.
///
/// A run that is killed at any moment and resumed ends with the same model, bit for bit, as one
/// that was never stopped. The best model is written first, then the checkpoint commits it.
public final class Trainer {
    private let task: any TrainingTask
    private let options: TrainingOptions
    private let folder: RunFolder
    private let context: KernelContext
    private let checkpointInterval: Duration

    private let tape: Tape
    private let optimizer: Optimizer
    private let checkpoint: Checkpoint
    private var isRestored = false
    private var state = TrainingState()
    private var history: [JSONValue] = []

    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var lastCheckpoint: ContinuousClock.Instant
    private var stepTime = Duration.zero
    private var stepTokens = 0
    private var stepCount = 0

    /// Options that may change on resume.
    private static let freeOptions: Set<String> = ["epochs", "max_steps"]

    /// - Parameters:
    ///   - task: its parameters hold their first values.
    ///   - checkpointEvery: seconds between checkpoints within an epoch.
    public init(
        _ task: any TrainingTask, _ options: TrainingOptions, folder: RunFolder,
        checkpointEvery seconds: Double = 60, _ context: KernelContext
    ) throws {
        self.task = task
        self.options = options
        self.folder = folder
        self.context = context
        checkpointInterval = .seconds(seconds)
        tape = Tape(training: task.parameters, context, seed: options.seed)
        optimizer = try Optimizer(options, task.parameters, context)
        checkpoint = Checkpoint(
            path: folder.checkpointPath, parameters: task.parameters, optimizer: optimizer,
            carried: task.carried, constants: task.constants)
        state.dataFingerprint = task.dataFingerprint
        began = clock.now
        lastCheckpoint = began
    }

    /// Trains to the end, from the checkpoint of the folder when there is one.
    /// - Parameters:
    ///   - stop: asked before every update.
    ///   - report: told of progress.
    /// - Throws: `.badData` when the loss is no longer finite, with the step, the gradient's
    ///   norm and what to try; the last checkpoint stays. `.cannotWrite`; what `restore` throws.
    public func run(
        stop: () -> StopRequest? = { nil }, report: (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainingResult {
        try restore(report: report)
        task.parameters.pack(context, backward: true)
        if state.stoppedBy != nil, reason == nil { state.stoppedBy = nil }
        if state.stoppedBy == nil {
            if let request = try train(stop, report) { return try leave(request, report) }
            // A limit that was lowered on resume may lie behind what was done since then.
            if history.last?["step"]?.intValue != state.step { try endEpoch(report) }
            try finish()
        }
        return try result(stoppedBy: state.stoppedBy!, report)
    }

    /// Seconds that an update takes, by the fastest of a few after one that warms up. The
    /// parameters are changed.
    public static func time(
        _ task: any TrainingTask, _ options: TrainingOptions, steps: Int, _ context: KernelContext
    ) throws -> Double {
        let tape = Tape(training: task.parameters, context, seed: options.seed)
        let optimizer = try Optimizer(options, task.parameters, context)
        let clock = ContinuousClock()
        var fastest = Duration.seconds(Int.max)
        task.beginEpoch()
        task.parameters.pack(context, backward: true)
        for step in 0...steps {
            let start = clock.now
            tape.reset(step: step)
            _ = try task.forward(epoch: 0, step: min(step, task.stepsPerEpoch - 1), tape)
            tape.backward()
            let gradients = tape.allGradients
            optimizer.update(
                gradients, norm: optimizer.norm(of: gradients), rate: options.effectiveLearningRate,
                step: step + 1)
            task.parameters.pack(context, backward: true)
            task.finishStep()
            if step > 0 { fastest = min(fastest, clock.now - start) }
        }
        return fastest.seconds
    }

    // MARK: - The loop

    /// Why the run is at its end; nil while it is not.
    private var reason: String? {
        if let most = options.maxSteps, state.step >= most { return "max_steps" }
        if let patience = options.patience, state.epochsSinceBest >= patience { return "patience" }
        return state.epoch >= options.epochs ? "epochs" : nil
    }

    private var totalSteps: Int {
        options.steps(perEpoch: task.stepsPerEpoch)
    }

    private func train(
        _ stop: () -> StopRequest?, _ report: (TrainingEvent) -> Void
    ) throws -> StopRequest? {
        while reason == nil {
            if state.stepInEpoch == 0 { task.beginEpoch() }
            if let request = stop() { return request }
            try update(report)
            if state.stepInEpoch == task.stepsPerEpoch {
                state.epoch += 1
                try endEpoch(report)
            } else if reason != nil {
                try endEpoch(report)
            } else if clock.now - lastCheckpoint >= checkpointInterval {
                try writeCheckpoint(report)
            }
        }
        return nil
    }

    private func update(_ report: (TrainingEvent) -> Void) throws {
        let start = clock.now
        tape.reset(step: state.step)
        let loss = try task.forward(epoch: state.epoch, step: state.stepInEpoch, tape)
        tape.backward()
        let gradients = tape.allGradients
        let norm = optimizer.norm(of: gradients)
        guard loss.sum.isFinite, norm.isFinite else {
            throw notFinite(loss.sum / Double(loss.targets), norm)
        }
        let rate = options.effectiveLearningRate * scheduleFactor
        optimizer.update(gradients, norm: norm, rate: rate, step: state.step + 1)
        task.parameters.pack(context, backward: true)
        task.finishStep()
        state.step += 1
        state.stepInEpoch += 1
        state.lossSum += loss.sum
        state.epochTargets += loss.targets
        state.tokens += loss.tokens
        stepTokens += loss.tokens
        stepCount += 1
        stepTime += clock.now - start
        report(.progress(progress(norm, rate)))
    }

    private var scheduleFactor: Float {
        LearningRateSchedule(kind: options.schedule, warmupSteps: options.warmupSteps)
            .factor(step: state.step, totalSteps: totalSteps, plateauFactor: state.plateauFactor)
    }

    private func notFinite(_ loss: Double, _ norm: Double) -> SeqNetError {
        SeqNetError(
            .badData,
            "training, step \(state.step + 1): the loss is \(loss) and the gradient's norm \(norm)"
                + divergenceRemedy)
    }

    /// A validation whose loss is no number, though that of training was.
    private func diverged(_ loss: Double) -> SeqNetError {
        SeqNetError(
            .badData, "training, step \(state.step): the validation loss is \(loss)" + divergenceRemedy)
    }

    /// What is left of the run and what to try.
    private var divergenceRemedy: String {
        let left = folder.hasCheckpoint ? "the last checkpoint is untouched" : "no checkpoint was written"
        let clipping =
            options.clipNorm > 0
            ? "a lower --clip-norm (now \(options.clipNorm))" : "--clip-norm 5"
        return "; \(left).\nTry a lower --learning-rate (now \(options.effectiveLearningRate)), "
            + "\(clipping), or --warmup-steps."
    }

    // MARK: - Ends of epochs and of the run

    /// Validates, keeps the best model, writes the log and the checkpoint.
    private func endEpoch(_ report: (TrainingEvent) -> Void) throws {
        let trainLoss = state.lossSum / Double(max(1, state.epochTargets))
        let epoch = state.stepInEpoch == task.stepsPerEpoch ? state.epoch : state.epoch + 1
        state.trainLoss = trainLoss
        tape.release()
        let evaluation = try evaluate(.validation, report)
        guard evaluation.objective.isFinite else { throw diverged(evaluation.objective) }
        let isBest = state.bestObjective.map { evaluation.objective < $0 } ?? true
        if isBest {
            state.bestObjective = evaluation.objective
            state.bestEntry = history.count
            state.epochsSinceBest = 0
        } else {
            state.epochsSinceBest += 1
            if options.schedule == .plateau {
                state.plateauFactor *= LearningRateSchedule.plateauFactor
            }
        }
        let entry: JSONValue = .object([
            "epoch": .integer(epoch), "step": .integer(state.step), "train_loss": .number(trainLoss),
            "valid": evaluation.metrics,
        ])
        history.append(entry)
        if state.stepInEpoch == task.stepsPerEpoch {
            state.stepInEpoch = 0
            state.lossSum = 0
            state.epochTargets = 0
        }
        try folder.log.append(entry)
        state.logLength = folder.log.length
        if isBest { try writeModel() }
        try writeCheckpoint(report)
        report(
            .epochEnded(
                epoch: epoch, trainLoss: trainLoss, valid: evaluation.metrics, isBest: isBest))
    }

    /// Gives the best model the whole history, and marks the run as ended.
    private func finish() throws {
        let best = try ModelFile(path: folder.modelPath, access: .mapped)
        let tensors = try task.parameters.parameters.map {
            SafetensorsTensor(
                name: $0.name, shape: $0.shape,
                floats: try best.floats(named: $0.name, shape: $0.shape))
        }
        try withExtendedLifetime(best) {
            try ModelFile.write(
                task.metadata(history: history), tensors: tensors + task.constants,
                to: folder.modelPath)
        }
        state.stoppedBy = reason
        try checkpoint.write(state, task.metadata(history: history))
    }

    /// Stops before the end: the run can be resumed.
    private func leave(
        _ request: StopRequest, _ report: (TrainingEvent) -> Void
    ) throws -> TrainingResult {
        tape.release()
        try writeCheckpoint(report)
        if FileSystem.kind(of: folder.modelPath) == .missing { try writeModel() }
        switch request {
        case .interrupt: return try result(stoppedBy: "interrupt", report)
        case .terminate: return try result(stoppedBy: "terminate", report)
        }
    }

    /// What the validation of the best model gave; nil before the first validation.
    private var bestMetrics: JSONValue? {
        state.bestEntry.flatMap { history[$0]["valid"] }
    }

    /// Evaluates the best model, unless there is no time for it.
    private func result(
        stoppedBy: String, _ report: (TrainingEvent) -> Void
    ) throws -> TrainingResult {
        var valid = bestMetrics, test: JSONValue?
        if stoppedBy != "terminate", valid == nil || task.hasTest {
            try task.parameters.read(from: ModelFile(path: folder.modelPath, access: .mapped))
            task.parameters.pack(context, backward: false)
            if valid == nil {
                valid = try evaluate(.validation, report).metrics
            }
            if task.hasTest {
                test = try evaluate(.test, report).metrics
            }
        }
        let running = state.epochTargets > 0 ? state.lossSum / Double(state.epochTargets) : nil
        return TrainingResult(
            task: try task.metadata(history: []).task, parameters: task.parameters.count,
            epochs: state.epoch, steps: state.step, tokens: state.tokens,
            tokensPerSecond: stepTokens > 0 ? Double(stepTokens) / stepTime.seconds : nil,
            seconds: (clock.now - began).seconds,
            peakRSSBytes: TrainingResult.peakResidentBytes(), trainLoss: state.trainLoss ?? running,
            valid: valid, test: test, skipped: task.skipped, stoppedBy: stoppedBy,
            model: folder.modelPath)
    }

    private func evaluate(
        _ part: EvaluationPart, _ report: (TrainingEvent) -> Void
    ) throws -> Evaluation {
        try task.evaluate(part) { report(.evaluating(part, share: $0)) }
    }

    // MARK: - Files

    /// Takes up the checkpoint of the folder, when there is one; `run` does it when it was not
    /// done before.
    /// - Throws: `.usage` when the checkpoint's run had other options or data; `.badData` or
    ///   `.cannotRead` when its file is damaged. Nothing is changed then.
    public func restore(report: (TrainingEvent) -> Void = { _ in }) throws {
        if isRestored { return }
        isRestored = true
        guard folder.hasCheckpoint else {
            _ = try folder.log.truncate(to: 0)
            return
        }
        let (saved, savedHistory) = try checkpoint.read(
            expecting: task.metadata(history: []), free: Self.freeOptions)
        guard saved.dataFingerprint == task.dataFingerprint else {
            throw SeqNetError(
                .usage, "--resume: the data is not what the run of '\(folder.path)' was trained on; "
                    + "use the same files, or begin a new run")
        }
        state = saved
        history = savedHistory
        _ = try folder.log.truncate(to: state.logLength)
        if state.stoppedBy == nil || reason == nil {
            report(.resumed(step: state.step, epoch: state.epoch))
        }
    }

    private func writeModel() throws {
        try ModelFile.write(
            task.metadata(history: history), tensors: task.parameters.tensors + task.constants,
            to: folder.modelPath)
    }

    private func writeCheckpoint(_ report: (TrainingEvent) -> Void) throws {
        try checkpoint.write(state, task.metadata(history: history))
        lastCheckpoint = clock.now
        report(.checkpointed(step: state.step))
    }

    private func progress(_ norm: Double, _ rate: Float) -> TrainingProgress {
        TrainingProgress(
            epoch: state.epoch + 1, epochs: options.epochs, step: state.step, totalSteps: totalSteps,
            stepInEpoch: state.stepInEpoch, stepsPerEpoch: task.stepsPerEpoch,
            loss: state.lossSum / Double(max(1, state.epochTargets)), gradientNorm: norm,
            learningRate: rate, tokensPerSecond: Double(stepTokens) / stepTime.seconds,
            secondsAStep: stepTime.seconds / Double(stepCount),
            seconds: (clock.now - began).seconds)
    }
}

extension Duration {
    /// In seconds.
    var seconds: Double {
        let (whole, atto) = components
        return Double(whole) + Double(atto) * 1e-18
    }
}
