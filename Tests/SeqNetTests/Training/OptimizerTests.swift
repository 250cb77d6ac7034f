@testable import SeqNet
import Testing

struct OptimizerTests {
    /// One parameter of two weights, 1 and 2, and a tape with the gradient (3, 4).
    private func problem(_ change: (inout TrainingOptions) -> Void) throws -> (
        Parameter, Optimizer, Tape
    ) {
        let context = try KernelContext(threads: 1)
        let block = ParameterBlock()
        let weight = block.add("weight", [2], .zeros)
        weight.values.update(from: [1, 2], count: 2)
        let tape = Tape(training: block, context)
        tape.gradient(of: weight).update(from: [3, 4], count: 2)
        var options = TrainingOptions()
        options.optimizer = .sgd
        options.learningRate = 0.5
        change(&options)
        return (weight, try Optimizer(options, block, context), tape)
    }

    @Test func aStepFollowsTheGradientAndReturnsItsNorm() throws {
        let (weight, optimizer, tape) = try problem { $0.clipNorm = 0 }
        #expect(try optimizer.step(tape) == 5)
        #expect(Array(weight.buffer) == [-0.5, 0])
    }

    @Test func aStepClipsTheNorm() throws {
        let (weight, optimizer, tape) = try problem { $0.clipNorm = 2.5 }
        #expect(try optimizer.step(tape) == 5)
        #expect(Array(weight.buffer) == [0.25, 1])
    }

    @Test func stepsOfAdamAreCounted() throws {
        let (weight, optimizer, tape) = try problem {
            $0.optimizer = .adam
            $0.clipNorm = 0
        }
        // With one gradient throughout, every step of Adam is the learning rate long.
        for step in 1...3 {
            try optimizer.step(tape)
            #expect(abs(weight.buffer[0] - (1 - 0.5 * Float(step))) < 1e-5)
        }
    }

    @Test func aGradientThatIsNotFiniteChangesNothing() throws {
        let (weight, optimizer, tape) = try problem { _ in }
        tape.gradient(of: weight)[1] = .nan
        expectSeqNetError(.badData, "update 1", "nan", "0.5") { try optimizer.step(tape) }
        #expect(Array(weight.buffer) == [1, 2])
    }

    @Test func optionsAreChecked() {
        expectSeqNetError(.usage, "--learning-rate") { _ = try problem { $0.learningRate = -1 } }
    }
}
