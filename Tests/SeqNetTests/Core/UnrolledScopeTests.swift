import TestSupport
import Testing

@testable import SeqNet

struct UnrolledScopeTests {
    private static let lengths = [7, 5, 5, 2, 2, 2, 2, 1, 1]

    /// A recurrent stack with a linear layer on top, and its input as a parameter.
    private final class Network {
        let block = ParameterBlock()
        let stack: RecurrentStack
        let linear: Linear
        let input: Parameter
        let initial: [Parameter]
        let batch = PackedBatch(lengths: UnrolledScopeTests.lengths)
        let context: KernelContext

        init(_ cell: Cell, hiddenSize: Int, feeds: Bool = false, _ context: KernelContext) {
            self.context = context
            let states = cell.hasCellState ? 4 : 2
            stack = RecurrentStack(
                cell, inputSize: 5 + (feeds ? 3 : 0), hiddenSize: hiddenSize, layers: 2, in: block)
            linear = Linear(inputSize: hiddenSize, outputSize: 3, in: block)
            input = block.add("x", [batch.rows, 5], .zeros)
            initial = (0..<states).map { [block, batch] in
                block.add("initial \($0)", [batch.sequences, hiddenSize], .zeros)
            }
            block.fill(seed: 1, context)
        }

        func states(_ tape: Tape) -> [LayerState] {
            (0..<2).map { layer in
                LayerState(
                    hidden: tape.input(initial[layer]),
                    cell: initial.count > 2 ? tape.input(initial[2 + layer]) : nil)
            }
        }

        func fused(_ tape: Tape) -> Tensor {
            let passes = stack(tape.input(input), batch, initial: states(tape), tape)
            return linear(passes.last!.output, tape)
        }

        func unrolled(_ tape: Tape, feeds: Bool = false) -> Tensor {
            let x = tape.input(input)
            var states = states(tape)
            var last = tape.tensor(
                [Float](repeating: 0, count: 3 * batch.sequences), columns: 3)
            return tape.unrolled(batch) { step, stepBatch in
                let own = x.rows(batch.firstRow(of: step)..<batch.firstRow(of: step + 1))
                let input =
                    feeds ? tape.concatenated([own, last.rows(0..<own.rows)]) : own
                let passes = stack(
                    input, stepBatch, initial: states.map { $0.prefix(own.rows) }, tape)
                states = passes.map(\.final)
                last = linear(passes.last!.output, tape)
                return last
            }
        }

        /// The outputs, and the gradients of a weighted sum of them.
        func result(_ outputs: (Tape) -> Tensor) -> (outputs: [Float], gradients: [Float]) {
            let tape = Tape(training: block, context)
            let output = outputs(tape)
            _ = tape.weightedSum(output, seed: 4)
            tape.backward()
            return (output.array, Array(tape.allGradients))
        }
    }

    private static var contexts: [KernelContext] {
        get throws {
            ["generic", "avx2", "avx512", "neon"].compactMap {
                try? KernelContext(threads: 2, instructionSet: $0)
            }
        }
    }

    /// Small layers, whose backward pass runs in shards, and one that has a single shard.
    @Test(arguments: Cell.all, [6, 19, 131])
    func stepByStepEqualsTheSequence(cell: Cell, hiddenSize: Int) throws {
        for context in try Self.contexts {
            let network = Network(cell, hiddenSize: hiddenSize, context)
            let fused = network.result { network.fused($0) }
            let unrolled = network.result { network.unrolled($0) }
            let what = "\(cell), \(context.instructionSet)"
            expectSameBits(unrolled.outputs, fused.outputs, "\(what), outputs")
            expectClose(
                unrolled.gradients, fused.gradients.map(Double.init), within: 2e-6,
                "\(what), gradients")
        }
    }

    /// Of the cells without kinks, which differences trip over.
    @Test(arguments: Cell.all.filter { $0 != .rnn(.relu) })
    func gradientsRunThroughWhatIsFedBack(cell: Cell) throws {
        let context = try KernelContext(threads: 1)
        let network = Network(cell, hiddenSize: 6, feeds: true, context)
        GradientCheck(block: network.block, context: context).run { tape in
            tape.weightedSum(network.unrolled(tape, feeds: true), seed: 5)
        }
    }

    @Test(arguments: Cell.all)
    func threadsDoNotMatter(cell: Cell) throws {
        let results = try [1, 2, 3].map { threads in
            let network = Network(
                cell, hiddenSize: 67, feeds: true, try KernelContext(threads: threads))
            return network.result { network.unrolled($0, feeds: true) }
        }
        for result in results.dropFirst() {
            expectSameBits(result.outputs, results[0].outputs, "outputs")
            expectSameBits(result.gradients, results[0].gradients, "gradients")
        }
    }

    @Test func aStepInSteadyStateAllocatesNothing() throws {
        let context = try KernelContext(threads: 1)
        let network = Network(.lstm, hiddenSize: 19, feeds: true, context)
        let tape = Tape(training: network.block, context)
        var allocations: [Int] = []
        for step in 0..<4 {
            tape.reset(step: step)
            _ = tape.weightedSum(network.unrolled(tape, feeds: true), seed: 4)
            tape.backward()
            allocations.append(tape.allocations)
        }
        #expect(allocations[2] == allocations[3])
    }
}
