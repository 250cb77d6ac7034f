import ArgumentParser
import SeqNet

/// What every `train` command does once its options are known: opens the run's folder, reads the
/// data, trains, and shows the outcome.
struct TrainingRun<Plan: TrainingPlan> {
    private let arguments: RunArguments
    private let plan: Plan
    private let reporter: TrainingReporter

    /// - Parameters:
    ///   - hasData: whether the command line names training files.
    ///   - decide: takes the options from the resolver.
    init(
        _ arguments: RunArguments, hasData: Bool,
        decide: (inout OptionResolver) throws -> Plan
    ) throws {
        self.arguments = arguments
        reporter = TrainingReporter(isQuiet: arguments.quiet.quiet)
        let (path, hasCheckpoint) = try Self.configuration(arguments, hasData: hasData)
        var resolver = try OptionResolver(
            task: Plan.task, configPath: path, isResuming: hasCheckpoint)
        plan = try decide(&resolver)
        try resolver.refuseUnknownKeys()
    }

    /// The file that options come from beside the command line.
    private static func configuration(
        _ arguments: RunArguments, hasData: Bool
    ) throws -> (path: String?, hasCheckpoint: Bool) {
        guard arguments.resume, let out = arguments.out else { return (arguments.config, false) }
        let hasCheckpoint = arguments.checkpoint != nil
        guard !hasCheckpoint || arguments.config == nil else {
            throw SeqNetError(
                .usage, "--config: the run in '\(out)' has its own; leave --config out to resume it")
        }
        // A run that was stopped before its first checkpoint begins anew with its options.
        let hasConfig = FileSystemQuery.exists("\(out)/config.json")
        let usesOwn = hasCheckpoint || (arguments.config == nil && hasConfig)
        let path = usesOwn ? "\(out)/config.json" : arguments.config
        guard path != nil || hasData else {
            throw SeqNetError(
                .usage, "--resume: there is no run in '\(out)'; name the folder of one, or give "
                    + "--train to begin one there")
        }
        return (path, hasCheckpoint)
    }

    func run() throws {
        let context = try arguments.threads.context()
        if arguments.dryRun {
            try DryRun(plan, context, reporter).print(json: arguments.json)
            return
        }
        StopSignals.install()
        let folder = try openFolder()
        let task = try prepare(folder, context)
        reporter.note("\(plan.summary(of: task)) → \(folder.path)")
        if let hint = plan.hint(on: task) { reporter.note(hint) }
        let trainer = try Trainer(
            task, plan.options, folder: folder, checkpointEvery: arguments.checkpointEvery, context)
        try trainer.restore(report: reporter.report)
        // Only now: what --resume refuses leaves the run as it was.
        try folder.writeConfig(.object(plan.decided))
        let wasFinished = folder.hasCheckpoint
        var updates = 0
        let result = try trainer.run(stop: { StopSignals.request }) { event in
            reporter.report(event)
            if case .progress = event { updates += 1 }
            if case .epochEnded = event, !arguments.quiet.quiet,
                let example = plan.example(of: task, context)
            {
                reporter.note(example)
            }
        }
        if wasFinished && updates == 0 { reporter.note("this run is at its end already") }
        try show(result, in: folder.path)
        if result.stoppedBy == "terminate" { throw ExitCode(143) }
    }

    /// Opens the run's folder. A run that is to be replaced is still in it.
    private func openFolder() throws -> RunFolder {
        if arguments.out?.isEmpty == true {
            throw SeqNetError(.usage, "--out: the name is empty; name a folder, or leave it out")
        }
        guard let out = arguments.out else {
            return try RunFolder.create(task: Plan.task, dataPath: plan.trainingFiles[0])
        }
        return arguments.resume || arguments.overwrite
            ? try RunFolder.resume(at: out) : try RunFolder.create(at: out)
    }

    /// Reads the data and, once nothing can be wrong with it, makes room for the run.
    private func prepare(_ folder: RunFolder, _ context: KernelContext) throws -> Plan.Task {
        do {
            let task = try plan.makeTask(scratchFolder: folder.path, context, reporter)
            switch StopSignals.request {
            case .interrupt: throw ExitCode(130)
            case .terminate: throw ExitCode(143)
            case nil: break
            }
            if arguments.overwrite { try folder.removeRun() }
            return task
        } catch {
            folder.removeIfEmpty()
            throw error
        }
    }

    private func show(_ result: TrainingResult, in folder: String) throws {
        if arguments.json {
            try Console.resultLine(try result.json.serialized())
        } else {
            for (part, metrics) in [("validation", result.valid), ("test", result.test)] {
                guard let metrics else { continue }
                try Console.resultLine("\(part): \(MetricsText.line(metrics))")
            }
            try Console.resultLine("model: \(result.model)")
        }
        if ["interrupt", "terminate"].contains(result.stoppedBy) {
            reporter.note(
                "stopped; go on with: seqnet train \(Plan.task) --resume --out "
                    + ShellWord.quoted(folder))
        }
        guard result.stoppedBy != "terminate" else { return }
        if let rate = result.tokensPerSecond {
            reporter.note(
                "\(result.steps) updates, \(Format.count(rate)) tokens/s, "
                    + "\(Format.duration(result.seconds)), stopped by \(result.stoppedBy)")
        }
        reporter.note("next: \(plan.nextCommand(model: ShellWord.quoted(result.model)))")
    }
}
