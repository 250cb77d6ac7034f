import Testing

@testable import SeqNet

/// What must hold for the training of every model: threads and interruptions change nothing.
struct TaskProperties<Task: TrainingTask> {
    let options: TrainingOptions
    /// A task anew, its parameters initialised.
    let makeTask: (KernelContext) throws -> Task
    private let folder: TemporaryFolder

    init(_ options: TrainingOptions, makeTask: @escaping (KernelContext) throws -> Task) throws {
        self.options = options
        self.makeTask = makeTask
        folder = try TemporaryFolder()
    }

    @discardableResult
    func train(
        _ name: String, threads: Int = 2, stop: () -> StopRequest? = { nil }
    ) throws -> TrainingResult {
        let context = try KernelContext(threads: threads)
        let run = try RunFolder.resume(at: folder.path(name))
        let trainer = try Trainer(try makeTask(context), options, folder: run, context)
        return try trainer.run(stop: stop)
    }

    /// Trains on 1, 2 and 3 threads, and once with stops after so many updates, and compares all
    /// that is left.
    func check(stopsAfter steps: [Int], location: SourceLocation = #_sourceLocation) throws {
        let whole = try train("threads-2")
        for threads in [1, 3] {
            try train("threads-\(threads)", threads: threads)
            try expectSame("threads-2", "threads-\(threads)", location)
        }
        for step in steps {
            let stop = StopBefore(step: step)
            let part = try train("parts") { stop() }
            #expect(part.stoppedBy == "terminate", sourceLocation: location)
        }
        let rest = try train("parts")
        #expect(rest.steps == whole.steps && rest.tokens == whole.tokens, sourceLocation: location)
        try expectSame("threads-2", "parts", location)
    }

    private func expectSame(_ left: String, _ right: String, _ location: SourceLocation) throws {
        for file in ["model.safetensors", "last.safetensors", "log.jsonl"] {
            #expect(
                try folder.bytes(of: "\(left)/\(file)") == folder.bytes(of: "\(right)/\(file)"),
                "\(file) of \(right) differs", sourceLocation: location)
        }
    }
}
