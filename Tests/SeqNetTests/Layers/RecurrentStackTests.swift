import TestSupport
import Testing

@testable import SeqNet

struct RecurrentStackTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func parametersAreNamedAsInPyTorch() {
        let block = ParameterBlock()
        _ = RecurrentStack(.gru(), inputSize: 3, hiddenSize: 4, layers: 2, prefix: "rnn.", in: block)
        #expect(
            block.parameters.map(\.name) == [
                "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0",
                "rnn.weight_ih_l1", "rnn.weight_hh_l1", "rnn.bias_ih_l1", "rnn.bias_hh_l1",
            ])
        #expect(block.parameters.map(\.shape)[0...1] == [[12, 3], [12, 4]])
        #expect(block.parameters.map(\.shape)[4...5] == [[12, 4], [12, 4]])
    }

    @Test(arguments: Cell.all)
    func gradientsOfTwoLayersAreThoseOfDifferences(cell: Cell) {
        let block = ParameterBlock()
        let stack = RecurrentStack(cell, inputSize: 4, hiddenSize: 5, layers: 2, in: block)
        let batch = PackedBatch(lengths: [5, 3, 3])
        let x = block.add("x", [batch.rows, 4], .zeros)
        block.fill(seed: 3, scale: 0.8, context)
        GradientCheck(block: block, context: context, step: cell.gradientStep).run { tape in
            let passes = stack(tape.input(x), batch, tape)
            return tape.weightedSum(passes[1].output, seed: 1)
                + tape.weightedSum(passes[0].final.hidden, seed: 2)
        }
    }

    /// With the masks of one step held fixed, by a tape that is reset to it for each loss.
    @Test func dropoutActsBetweenLayersOnly() {
        func outputs(layers: Int, rate: Float, training: Bool) -> [Float] {
            let block = ParameterBlock()
            let stack = RecurrentStack(
                .lstm, inputSize: 4, hiddenSize: 8, layers: layers, dropout: rate, in: block)
            block.fill(seed: 5, context)
            let tape = training ? Tape(training: block, context) : Tape(inference: context)
            var random = Random(seed: 1, stream: 0)
            let x = tape.tensor(random.floats(6 * 4), columns: 4)
            return stack(x, PackedBatch(sequences: 2, steps: 3), tape).last!.output.array
        }
        let plain = outputs(layers: 1, rate: 0, training: true)
        expectSameBits(outputs(layers: 1, rate: 0.5, training: true), plain, "one layer")
        let deep = outputs(layers: 2, rate: 0, training: true)
        #expect(outputs(layers: 2, rate: 0.5, training: true) != deep)
        expectSameBits(outputs(layers: 2, rate: 0.5, training: false), deep, "inference")
    }
}
