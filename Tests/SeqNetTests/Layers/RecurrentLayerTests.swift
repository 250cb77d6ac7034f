import CKernels
import TestSupport
import Testing

@testable import SeqNet

struct RecurrentLayerTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    /// A layer with its input and initial states as parameters of its block.
    private struct Problem {
        let block = ParameterBlock()
        let layer: RecurrentLayer
        let batch: PackedBatch
        let x: Parameter
        let h0: Parameter
        let c0: Parameter?

        init(_ cell: Cell, _ batch: PackedBatch, inputSize: Int = 4, hiddenSize: Int = 5) {
            self.batch = batch
            layer = RecurrentLayer(cell, inputSize: inputSize, hiddenSize: hiddenSize, in: block)
            x = block.add("x", [batch.rows, inputSize], .zeros)
            h0 = block.add("h0", [batch.sequences, hiddenSize], .zeros)
            c0 = cell.hasCellState ? block.add("c0", [batch.sequences, hiddenSize], .zeros) : nil
        }

        /// A loss of every hidden state and of the final states.
        func loss(_ tape: Tape) -> Double {
            let initial = LayerState(hidden: tape.input(h0), cell: c0.map(tape.input))
            let pass = layer(tape.input(x), batch, initial: [initial], tape)
            return tape.weightedSum(pass.output, seed: 1)
                + tape.weightedSum(pass.final.hidden, seed: 2)
                + (pass.final.cell.map { tape.weightedSum($0, seed: 3) } ?? 0)
        }
    }

    @Test(arguments: Cell.all)
    func gradientsOfARaggedBatchAreThoseOfDifferences(cell: Cell) {
        let problem = Problem(cell, PackedBatch(lengths: [6, 4, 4, 1]))
        problem.block.fill(seed: 3, scale: 0.8, context)
        GradientCheck(block: problem.block, context: context, step: cell.gradientStep)
            .run(problem.loss)
    }

    @Test(arguments: Cell.all)
    func gradientsAgainstTimeAreThoseOfDifferences(cell: Cell) {
        let problem = Problem(cell, PackedBatch(lengths: [6, 4, 4, 1], reversed: true))
        problem.block.fill(seed: 3, scale: 0.8, context)
        GradientCheck(block: problem.block, context: context, step: cell.gradientStep)
            .run(problem.loss)
    }

    @Test(arguments: Cell.all)
    func gradientsStopAtAReset(cell: Cell) {
        // Steps of 3, 3, 3, 2 rows; two sequences begin anew, one of them twice.
        let batch = PackedBatch(lengths: [4, 4, 3], resets: [4, 6, 9])
        let problem = Problem(cell, batch)
        problem.block.fill(seed: 3, scale: 0.8, context)
        GradientCheck(block: problem.block, context: context, step: cell.gradientStep)
            .run(problem.loss)
    }

    /// What comes before a reset must not matter behind it: there the layer is as one that
    /// begins from zeros.
    @Test(arguments: Cell.all)
    func aResetBeginsFromZeros(cell: Cell) {
        let cut = Problem(cell, PackedBatch(lengths: [5], resets: [2]))
        cut.block.fill(seed: 3, scale: 0.8, context)
        let tape = Tape(inference: context)
        let initial = LayerState(hidden: tape.input(cut.h0), cell: cut.c0.map(tape.input))
        let whole = cut.layer(tape.input(cut.x), cut.batch, initial: [initial], tape)
        let rest = cut.layer(
            tape.input(cut.x).rows(2..<5), PackedBatch(sequences: 1, steps: 3), tape)
        expectSameBits(whole.output.rows(2..<5).array, rest.output.array, "\(cell)")
        expectSameBits(whole.final.hidden.array, rest.final.hidden.array, "\(cell)")
    }

    /// Two layers read one tensor, in both directions: whichever runs back first writes its
    /// gradient, the others add. Memory that was used before does not show through.
    @Test(arguments: Cell.all, [1, 2])
    func layersThatReadOneTensorAddTheirGradients(cell: Cell, threads: Int) throws {
        let context = try KernelContext(threads: threads)
        let block = ParameterBlock(), batch = PackedBatch(lengths: [6, 4, 4, 1])
        let layers = (0..<2).map {
            RecurrentLayer(
                cell, inputSize: 4, hiddenSize: 5, bidirectional: true, prefix: "\($0).", in: block)
        }
        let linear = Linear(inputSize: 4, outputSize: 3, in: block)
        let values = (0..<batch.rows * 4).map { Float($0 % 7) / 7 - 0.4 }
        block.fill(seed: 3, scale: 0.8, context)
        let tape = Tape(training: block, context)
        func gradient(_ uses: [(Tensor) -> Tensor]) -> [Float] {
            tape.reset()
            let x = tape.tensor(values, columns: 4)
            for use in uses {
                let y = use(x)
                sn_fill(context.pointer, y.gradient, 1, y.count)
            }
            tape.backward()
            return Array(UnsafeBufferPointer(start: x.gradient, count: x.count))
        }
        let uses: [(Tensor) -> Tensor] =
            layers.map { layer in { layer($0, batch, tape).output } } + [{ linear($0, tape) }]
        let alone = uses.map { gradient([$0]) }
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let together = gradient(order.map { uses[$0] })
            let sum = values.indices.map { i in alone.reduce(0) { $0 + Double($1[i]) } }
            expectClose(together, sum, within: 2e-6, "order \(order)")
        }
    }

    /// One tensor is the input and the initial state of both directions: all add to its gradient.
    @Test(arguments: Cell.all, [1, 2])
    func anInputThatIsTheInitialStateGathersBoth(cell: Cell, threads: Int) throws {
        let context = try KernelContext(threads: threads)
        let block = ParameterBlock(), batch = PackedBatch(sequences: 9, steps: 1)
        let layer = RecurrentLayer(
            cell, inputSize: 40, hiddenSize: 40, bidirectional: true, in: block)
        block.fill(seed: 3, scale: 0.4, context)
        let tape = Tape(training: block, context)
        let values = (0..<batch.rows * 40).map { Float($0 % 11) / 11 - 0.4 }
        /// The gradients of the input and of the two states, as many of them as there are tensors.
        func gradients(shared: Bool) -> [[Float]] {
            tape.reset()
            let x = tape.tensor(values, columns: 40)
            let hidden = (0..<2).map { _ in shared ? x : tape.tensor(values, columns: 40) }
            let states = hidden.map {
                LayerState(
                    hidden: $0, cell: cell.hasCellState ? tape.tensor(values, columns: 40) : nil)
            }
            let y = layer(x, batch, initial: states, tape).output
            y.gradient!.update(repeating: 1, count: y.count)
            tape.backward()
            return (shared ? [x] : [x] + hidden).map {
                Array(UnsafeBufferPointer(start: $0.gradient, count: $0.count))
            }
        }
        let apart = gradients(shared: false)
        let sum = values.indices.map { i in apart.reduce(0) { $0 + Double($1[i]) } }
        expectClose(gradients(shared: true)[0], sum, within: 2e-6, "\(threads) threads")
    }

    @Test(arguments: Cell.all)
    func noInitialStateMeansZeros(cell: Cell) {
        let problem = Problem(cell, PackedBatch(lengths: [4, 2]))
        problem.block.fill(seed: 3, context)
        problem.h0.buffer.update(repeating: 0)
        problem.c0?.buffer.update(repeating: 0)
        let tape = Tape(inference: context)
        let initial = LayerState(hidden: tape.input(problem.h0), cell: problem.c0.map(tape.input))
        let given = problem.layer(tape.input(problem.x), problem.batch, initial: [initial], tape)
        let absent = problem.layer(tape.input(problem.x), problem.batch, tape)
        expectSameBits(given.output.array, absent.output.array, "\(cell)")
    }

    /// A layer whose output feeds itself: both uses of its weights must count.
    @Test func gradientsOfALayerUsedTwiceAreThoseOfDifferences() {
        let block = ParameterBlock()
        let layer = RecurrentLayer(.lstm, inputSize: 5, hiddenSize: 5, in: block)
        let x = block.add("x", [8, 5], .zeros)
        block.fill(seed: 4, scale: 0.8, context)
        let batch = PackedBatch(lengths: [5, 3])
        GradientCheck(block: block, context: context).run { tape in
            let once = layer(tape.input(x), batch, tape)
            return tape.weightedSum(layer(once.output, batch, tape).output, seed: 1)
        }
    }

    /// `RecurrentPass.output`'s gradient after `backward()` runs through later steps too.
    @Test func theOutputsGradientBecomesThatOfTheHiddenState() {
        let problem = Problem(.gru(.resetAfter), PackedBatch(sequences: 1, steps: 4))
        problem.block.fill(seed: 3, scale: 0.8, context)
        let tape = Tape(training: problem.block, context)
        let pass = problem.layer(tape.input(problem.x), problem.batch, tape)
        let last = pass.output.rows(3..<4)
        last.gradient!.update(repeating: 1, count: last.count)
        tape.backward()
        for step in 0..<4 {
            let size = norm((0..<5).map { pass.output.rows(step..<step + 1).gradient![$0] })
            #expect(size > 0, "step \(step)")
        }
    }
}
