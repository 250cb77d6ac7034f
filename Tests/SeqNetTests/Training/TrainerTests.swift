@testable import SeqNet
import Testing

@Suite struct TrainerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func expectSameFiles(
        _ left: String, _ right: String, location: SourceLocation = #_sourceLocation
    ) throws {
        for file in ["model.safetensors", "last.safetensors", "log.jsonl"] {
            #expect(
                try folder.bytes(of: "\(left)/\(file)") == folder.bytes(of: "\(right)/\(file)"),
                "\(file) differs", sourceLocation: location)
        }
    }

    @Test(arguments: [Cell.lstm, .gru(.resetAfter), .gru(.resetBefore), .gru(.simplified), .rnn(.tanh)])
    func threadsDoNotChangeTheModel(_ cell: Cell) throws {
        var run = TinyRun()
        run.cell = cell
        run.options.epochs = 1
        for threads in [1, 2, 3] {
            run.threads = threads
            _ = try run.train(in: folder, "threads-\(threads)")
        }
        try expectSameFiles("threads-1", "threads-2")
        try expectSameFiles("threads-1", "threads-3")
    }

    @Test(arguments: OptimizerKind.allCases)
    func aStoppedRunEndsAsOneThatWasNeverStopped(_ optimizer: OptimizerKind) throws {
        var run = TinyRun()
        run.options.optimizer = optimizer
        run.options.momentum = optimizer == .sgd || optimizer == .rmsprop ? 0.5 : 0
        let whole = try run.train(in: folder, "whole")
        for steps in [3, 1, 150, 40] {
            let stop = StopBefore(step: steps)
            let part = try run.train(in: folder, "parts") { stop() }
            #expect(part.stoppedBy == "terminate")
        }
        let rest = try run.train(in: folder, "parts")
        #expect(rest.stoppedBy == "epochs")
        #expect(rest.steps == whole.steps)
        #expect(rest.tokens == whole.tokens)
        try expectSameFiles("whole", "parts")
    }

    @Test func recurrentDropoutDependsOnNeitherThreadsNorStops() throws {
        var run = TinyRun()
        run.recurrentDropout = 0.3
        let whole = try run.train(in: folder, "whole")
        for steps in [3, 150] {
            let stop = StopBefore(step: steps)
            _ = try run.train(in: folder, "parts") { stop() }
        }
        run.threads = 3
        #expect(try run.train(in: folder, "parts").steps == whole.steps)
        try expectSameFiles("whole", "parts")
        run.recurrentDropout = 0
        let without = try run.train(in: folder, "without")
        #expect(without.trainLoss != whole.trainLoss)
    }

    /// Keeps what the folder holds after each checkpoint, as a kill at that moment would leave it,
    /// with a best model of the future beside it: the one that is written before its checkpoint.
    @Test func aKillBetweenModelAndCheckpointIsRepaired() throws {
        let run = TinyRun()
        var checkpoint: [UInt8] = []
        let keep = { (event: TrainingEvent) in
            if case .checkpointed(step: 130) = event {
                checkpoint = try! folder.bytes(of: "whole/last.safetensors")
            }
        }
        _ = try run.train(in: folder, "whole", checkpointEvery: 0, report: keep)
        _ = try run.train(in: folder, "killed")
        #expect(!checkpoint.isEmpty)
        try folder.write(checkpoint, to: "killed/last.safetensors")
        _ = try run.train(in: folder, "killed")
        try expectSameFiles("whole", "killed")
    }

    @Test func anInterruptedRunTouchesNeitherBestNorHistory() throws {
        let run = TinyRun()
        let whole = try run.train(in: folder, "whole")
        let stop = StopBefore(step: 150, .interrupt)
        let interrupted = try run.train(in: folder, "interrupted") { stop() }
        #expect(interrupted.stoppedBy == "interrupt")
        #expect(interrupted.valid != nil && interrupted.test != nil)
        let resumed = try run.train(in: folder, "interrupted")
        #expect(resumed.steps == whole.steps)
        try expectSameFiles("whole", "interrupted")
    }

    @Test func anInterruptBeforeTheFirstValidationLeavesAModel() throws {
        let stop = StopBefore(step: 2, .interrupt)
        let result = try TinyRun().train(in: folder, "run") { stop() }
        #expect(result.steps == 2)
        let model = try LanguageModel(contentsOf: result.model, KernelContext())
        #expect(model.configuration.recurrent.hiddenSize == 24)
    }

    @Test func aFinishedRunIsLeftAsItIs() throws {
        let run = TinyRun()
        let first = try run.train(in: folder, "run")
        let before = try folder.bytes(of: "run/last.safetensors")
        var updates = 0
        let count = { (event: TrainingEvent) in
            if case .progress = event { updates += 1 }
        }
        let second = try run.train(in: folder, "run", report: count)
        #expect(updates == 0)
        #expect(second.steps == first.steps && second.valid == first.valid)
        #expect(try folder.bytes(of: "run/last.safetensors") == before)
    }

    @Test func moreEpochsGoOnFromAFinishedRun() throws {
        var run = TinyRun()
        run.options.schedule = .constant
        run.options.epochs = 1
        let short = try run.train(in: folder, "longer")
        run.options.epochs = 2
        let longer = try run.train(in: folder, "longer")
        _ = try run.train(in: folder, "whole")
        #expect(longer.steps == 2 * short.steps)
        try expectSameFiles("whole", "longer")
    }

    @Test func otherOptionsAreRefusedOnResume() throws {
        var run = TinyRun()
        let stop = StopBefore(step: 5)
        _ = try run.train(in: folder, "run") { stop() }
        run.options.learningRate = 0.02
        expectSeqNetError(.usage, "--learning-rate was 0.01", "0.02") {
            _ = try run.train(in: folder, "run")
        }
        run = TinyRun()
        run.text += "line one more"
        expectSeqNetError(.usage, "the data is not what the run") {
            _ = try run.train(in: folder, "run")
        }
    }

    @Test func aLossThatIsNotFiniteStopsTheRunAndKeepsTheCheckpoint() throws {
        var run = TinyRun()
        run.options.clipNorm = 0
        run.options.optimizer = .sgd
        run.options.learningRate = 1e30
        run.cell = .rnn(.relu)
        run.options.warmupSteps = 0
        expectSeqNetError(.badData, "step ", "gradient's norm", "--learning-rate") {
            _ = try run.train(in: folder, "run", checkpointEvery: 0)
        }
        let checkpoint = try ModelFile(path: folder.path("run/last.safetensors"))
        #expect(checkpoint.metadata.task == "lm")
    }

    @Test func patienceEndsTheRun() throws {
        var run = TinyRun()
        run.options.epochs = 50
        run.options.patience = 2
        run.options.learningRate = 0.2
        let result = try run.train(in: folder, "run")
        #expect(result.stoppedBy == "patience")
        #expect(result.epochs < 50)
    }

    @Test func maxStepsEndsTheRunWithinAnEpoch() throws {
        var run = TinyRun()
        run.options.maxSteps = 10
        let result = try run.train(in: folder, "run")
        #expect(result.stoppedBy == "max_steps" && result.steps == 10)
        #expect(result.valid?["loss"]?.doubleValue != nil)
    }

    @Test func everyStepAfterTheFirstTwoReusesItsMemory() throws {
        // The last window of an epoch is shorter; all others are alike.
        let context = try KernelContext(threads: 1)
        let block = ParameterBlock()
        let stack = RecurrentStack(.lstm, inputSize: 5, hiddenSize: 9, layers: 2, in: block)
        block.initialize(seed: 1, context)
        block.pack(context, backward: true)
        let tape = Tape(training: block, context)
        let batch = PackedBatch(sequences: 3, steps: 4)
        var allocations: [Int] = []
        for step in 0..<5 {
            tape.reset(step: step)
            let input = tape.tensor(Array(repeating: 0.5, count: batch.rows * 5), columns: 5)
            let output = stack(input, batch, tape).last!.output
            output.gradient!.update(repeating: 1, count: output.count)
            tape.backward()
            allocations.append(tape.allocations)
        }
        #expect(allocations[2...].allSatisfy { $0 == allocations[2] })
    }

    @Test(arguments: [
        Cell.lstm, .gru(.resetAfter), .gru(.resetBefore), .gru(.simplified), .rnn(.tanh), .rnn(.relu),
    ])
    func everyCellLearnsToCount(_ cell: Cell) throws {
        var run = TinyRun()
        run.cell = cell
        run.layers = 1
        run.dropout = 0
        run.options.epochs = 6
        let result = try run.train(in: folder, "run")
        let loss = try #require(result.valid?["loss"]?.doubleValue)
        #expect(loss < 0.75, "nats a character; the uniform distribution has 3.0")
    }
}
