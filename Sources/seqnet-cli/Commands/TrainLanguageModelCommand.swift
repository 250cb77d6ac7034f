import ArgumentParser
import SeqNet

struct TrainLanguageModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lm",
        abstract: "Train a language model: the next token of a text, given all before it.",
        discussion: """
            Example:
              seqnet train lm --train input.txt --hidden-size 256 --epochs 10
            """)

    @OptionGroup(title: "Data") var text: TextArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Language model") var languageModel: LanguageModelArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        let plan = try plan()
        let context = try runArguments.threads.context()
        let reporter = TrainingReporter(isQuiet: runArguments.quiet.quiet)
        if runArguments.dryRun {
            try LanguageModelDryRun(plan, context, reporter)
                .print(json: runArguments.json)
            return
        }
        StopSignals.install()
        let folder = try openFolder(plan)
        let task = try prepare(plan, folder, context, reporter)
        reporter.note("\(plan.summary(of: task)) → \(folder.path)")
        if let hint = plan.hint(on: task) { reporter.note(hint) }
        let trainer = try Trainer(
            task, plan.options, folder: folder, checkpointEvery: runArguments.checkpointEvery, context)
        try trainer.restore(report: reporter.report)
        // Only now: what --resume refuses leaves the run as it was.
        try folder.writeConfig(.object(plan.decided))
        let wasFinished = folder.hasCheckpoint
        var updates = 0
        let result = try trainer.run(stop: { StopSignals.request }) { event in
            reporter.report(event)
            if case .progress = event { updates += 1 }
            if case .epochEnded = event, !runArguments.quiet.quiet {
                reporter.note(sample(of: task.model, context))
            }
        }
        if wasFinished && updates == 0 { reporter.note("this run is at its end already") }
        try show(result, in: folder.path, reporter)
        if result.stoppedBy == "terminate" { throw ExitCode(143) }
    }

    private func plan() throws -> LanguageModelPlan {
        var path = runArguments.config
        var hasCheckpoint = false
        if runArguments.resume, let out = runArguments.out {
            hasCheckpoint = FileSystemQuery.exists("\(out)/last.safetensors")
            guard !hasCheckpoint || path == nil else {
                throw SeqNetError(
                    .usage, "--config: the run in '\(out)' has its own; leave --config out to resume it")
            }
            // A run that was stopped before its first checkpoint begins anew with its options.
            let hasConfig = FileSystemQuery.exists("\(out)/config.json")
            if hasCheckpoint || (path == nil && hasConfig) { path = "\(out)/config.json" }
            guard path != nil || !text.train.isEmpty else {
                throw SeqNetError(
                    .usage, "--resume: there is no run in '\(out)'; name the folder of one, or give "
                        + "--train to begin one there")
            }
        }
        var resolver = try OptionResolver(configPath: path, isResuming: hasCheckpoint)
        let plan = try LanguageModelPlan(self, &resolver)
        try resolver.refuseUnknownKeys()
        return plan
    }

    /// Opens the run's folder. A run that is to be replaced is still in it.
    private func openFolder(_ plan: LanguageModelPlan) throws -> RunFolder {
        if runArguments.out?.isEmpty == true {
            throw SeqNetError(.usage, "--out: the name is empty; name a folder, or leave it out")
        }
        guard let out = runArguments.out else {
            return try RunFolder.create(task: "lm", dataPath: plan.text.files.training[0])
        }
        return runArguments.resume || runArguments.overwrite
            ? try RunFolder.resume(at: out) : try RunFolder.create(at: out)
    }

    /// Reads the data and, once nothing can be wrong with it, makes room for the run.
    private func prepare(
        _ plan: LanguageModelPlan, _ folder: RunFolder, _ context: KernelContext,
        _ reporter: TrainingReporter
    ) throws -> LanguageModelTask {
        do {
            let task = try plan.task(scratchFolder: folder.path, context, reporter)
            switch StopSignals.request {
            case .interrupt: throw ExitCode(130)
            case .terminate: throw ExitCode(143)
            case nil: break
            }
            if runArguments.overwrite { try folder.removeRun() }
            return task
        } catch {
            folder.removeIfEmpty()
            throw error
        }
    }

    /// A short text of the present weights, on one line.
    private func sample(of model: LanguageModel, _ context: KernelContext) -> String {
        var text = ""
        let length = model.configuration.tokenizer.kind == .words ? 30 : 150
        let made = try? TextGenerator(model, context)
            .generate(length: length, options: .standard, seed: 1) { text += $0 }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
        return made == nil ? "  (no sample: the model gives no numbers)" : "  sample: \(line)"
    }

    private func show(
        _ result: TrainingResult, in folder: String, _ reporter: TrainingReporter
    ) throws {
        if runArguments.json {
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
                "stopped; go on with: seqnet train lm --resume --out \(ShellWord.quoted(folder))")
        }
        guard result.stoppedBy != "terminate" else { return }
        if let rate = result.tokensPerSecond {
            reporter.note(
                "\(result.steps) updates, \(Format.count(rate)) tokens/s, "
                    + "\(Format.duration(result.seconds)), stopped by \(result.stoppedBy)")
        }
        reporter.note("next: seqnet sample \(ShellWord.quoted(result.model))")
    }
}
