import CKernels
import TestSupport
import Testing

@testable import SeqNet

/// DropConnect on the hidden weights of recurrent layers.
struct RecurrentDropoutTests {
    private let context: KernelContext
    private let batch = PackedBatch(lengths: [6, 4, 4, 1])

    init() throws { context = try KernelContext(threads: 2) }

    /// A stack with its input as a parameter of its block.
    private struct Problem {
        let block = ParameterBlock()
        let stack: RecurrentStack
        let x: Parameter
        let batch: PackedBatch

        init(
            _ cell: Cell, _ batch: PackedBatch, layers: Int = 1, bidirectional: Bool = false,
            rate: Float = 0.4, _ context: KernelContext
        ) {
            self.batch = batch
            stack = RecurrentStack(
                cell, inputSize: 4, hiddenSize: 5, layers: layers, bidirectional: bidirectional,
                recurrentDropout: rate, in: block)
            x = block.add("x", [batch.rows, 4], .zeros)
            block.fill(seed: 3, scale: 0.8, context)
        }

        func output(_ tape: Tape) -> Tensor { stack(tape.input(x), batch, tape).last!.output }

        func loss(_ tape: Tape) -> Double { tape.weightedSum(output(tape), seed: 1) }
    }

    /// The output of a pass on a tape that lives as long.
    private func values(_ problem: Problem, _ tape: Tape) -> [Float] {
        withExtendedLifetime(tape) { problem.output(tape).array }
    }

    @Test(arguments: Cell.all, [false, true])
    func gradientsAreThoseOfDifferences(cell: Cell, bidirectional: Bool) {
        let problem = Problem(cell, batch, layers: 2, bidirectional: bidirectional, context)
        GradientCheck(
            block: problem.block, context: context, step: cell.gradientStep, inTraining: true
        ).run(problem.loss)
    }

    /// Both uses of a layer in a pass read the same weights, and their gradients add up.
    @Test func gradientsOfALayerUsedTwiceAreThoseOfDifferences() {
        let block = ParameterBlock()
        let layer = RecurrentLayer(
            .lstm, inputSize: 5, hiddenSize: 5, recurrentDropout: 0.5, in: block)
        let x = block.add("x", [8, 5], .zeros)
        block.fill(seed: 4, scale: 0.8, context)
        let batch = PackedBatch(lengths: [5, 3])
        GradientCheck(block: block, context: context, inTraining: true).run { tape in
            let once = layer(tape.input(x), batch, tape)
            return tape.weightedSum(layer(once.output, batch, tape).output, seed: 1)
        }
    }

    /// Step by step in an unrolled scope, whose weight gradients are taken once.
    @Test func gradientsOfAnUnrolledDecoderAreThoseOfDifferences() throws {
        let pairs = Tiny.pairs([(3, 4), (5, 2), (1, 3), (5, 5)])
        let batch = TranslationBatch(pairs.sources, pairs.targets)
        let model = try Tiny.translator(context, layers: 2, feeds: true, recurrentDropout: 0.3)
        GradientCheck(block: model.parameters, context: context, bound: 5e-3, inTraining: true)
            .run { model.loss(batch, $0).mean }
    }

    /// Several passes before one backward, and one after another without a reset.
    @Test func gradientsOfSeveralPassesAddUp() {
        let problem = Problem(.gru(), batch, context)
        problem.block.pack(context, backward: true)
        let hidden = problem.block.parameters.first { $0.name == "weight_hh_l0" }!
        func gradient(_ run: (Tape) -> Void) -> [Double] {
            let tape = Tape(training: problem.block, context)
            tape.reset(step: 3)
            run(tape)
            return UnsafeBufferPointer(start: tape.gradient(of: hidden), count: hidden.count)
                .map { Double($0) }
        }
        let once = gradient { tape in
            _ = problem.loss(tape)
            tape.backward()
        }
        let together = gradient { tape in
            _ = problem.loss(tape)
            _ = problem.loss(tape)
            tape.backward()
        }
        let apart = gradient { tape in
            for _ in 0..<2 {
                _ = problem.loss(tape)
                tape.backward()
            }
        }
        expectClose(together.map { Float($0) }, once.map { 2 * $0 }, within: 1e-5, "together")
        expectClose(apart.map { Float($0) }, once.map { 2 * $0 }, within: 1e-5, "apart")
        #expect(once.contains(0) && once.contains { $0 != 0 })
    }

    /// A pass is that of a layer whose hidden weights are what is left, scaled.
    @Test(arguments: Cell.all) func itIsTheLayerWithoutTheWeights(cell: Cell) {
        let problem = Problem(cell, batch, context)
        problem.block.pack(context, backward: true)
        let tape = Tape(training: problem.block, context, seed: 9)
        tape.reset(step: 7)
        let dropped = problem.output(tape).array
        let hidden = problem.block.parameters.first { $0.name == "weight_hh_l0" }!
        sn_dropout_forward(
            context.pointer, hidden.values, hidden.values, 0.4, 9,
            RandomStream.recurrentDropout(step: 7, parameter: hidden.index), hidden.count)
        problem.block.pack(context, backward: false)
        expectSameBits(dropped, values(problem, Tape(inference: context)), "\(cell)")
    }

    @Test func inferenceAndAnalysisLeaveNothingOut() {
        let with = Problem(.lstm, batch, context), without = Problem(.lstm, batch, rate: 0, context)
        for problem in [with, without] { problem.block.pack(context, backward: true) }
        let expected = values(without, Tape(inference: context))
        expectSameBits(values(with, Tape(inference: context)), expected, "inference")
        expectSameBits(values(with, Tape(analyzing: with.block, context)), expected, "analysis")
        #expect(values(with, Tape(training: with.block, context)) != expected)
    }

    @Test func whatIsLeftOutDependsOnSeedAndStepAlone() {
        let problem = Problem(.lstm, batch, context)
        problem.block.pack(context, backward: true)
        func output(seed: UInt64, step: Int) -> [Float] {
            let tape = Tape(training: problem.block, context, seed: seed)
            tape.reset(step: step)
            return problem.output(tape).array
        }
        let first = output(seed: 1, step: 5)
        expectSameBits(output(seed: 1, step: 5), first, "the same step again")
        #expect(output(seed: 1, step: 6) != first && output(seed: 2, step: 5) != first)
    }

    @Test func aRateOutOfRangeIsRefused() {
        for rate in [-0.1, 1, .nan] as [Float] {
            expectSeqNetError(.usage, "--recurrent-dropout \(rate)") {
                _ = try RecurrentConfiguration(recurrentDropout: rate)
            }
        }
    }
}
