import TestSupport
import Testing

@testable import SeqNet

/// A layer of two directions against two layers of one.
struct BidirectionalTests {
    private let context: KernelContext
    private static let inputSize = 5, hiddenSize = 18

    init() throws { context = try KernelContext(threads: 2) }

    /// What a pass over a batch with a reset, and its gradients, came to.
    private struct Results {
        var output: [[Float]], finals: [[Float]], parameters: [[Float]], input: [Float]
    }

    private func input(_ tape: Tape, _ batch: PackedBatch) -> Tensor {
        var random = Random(seed: 4, stream: 0)
        return tape.tensor(random.floats(batch.rows * Self.inputSize), columns: Self.inputSize)
    }

    private func gradient(_ tensor: Tensor) -> [Float] {
        Array(UnsafeBufferPointer(start: tensor.gradient, count: tensor.count))
    }

    private func gradients(_ block: ParameterBlock, _ tape: Tape) -> [[Float]] {
        block.parameters.map {
            Array(UnsafeBufferPointer(start: tape.gradient(of: $0), count: $0.count))
        }
    }

    /// A tape of whose memory as much has been used as a pass over the batch takes.
    private func used(_ block: ParameterBlock, _ batch: PackedBatch) -> Tape {
        let tape = Tape(training: block, context)
        let memory = tape.tensor(rows: batch.rows, columns: 40 * Self.hiddenSize)
        memory.values.update(repeating: .nan, count: memory.count)
        memory.gradient!.update(repeating: .nan, count: memory.count)
        tape.reset()
        return tape
    }

    private func together(_ cell: Cell, _ batch: PackedBatch) -> Results {
        let block = ParameterBlock(), size = Self.hiddenSize
        let layer = RecurrentLayer(
            cell, inputSize: Self.inputSize, hiddenSize: size, bidirectional: true, in: block)
        block.fill(seed: 5, scale: 0.5, context)
        let tape = used(block, batch), x = input(tape, batch)
        let pass = layer(x, batch, tape)
        pass.output.gradient!.update(repeating: 1, count: pass.output.count)
        let values = pass.output.array
        tape.backward()
        return Results(
            output: (0..<2).map { direction in
                (0..<batch.rows).flatMap { row in
                    values[(row * 2 + direction) * size..<(row * 2 + direction + 1) * size]
                }
            },
            finals: pass.finals.map(\.hidden.array), parameters: gradients(block, tape),
            input: gradient(x))
    }

    private func apart(_ cell: Cell, _ batch: PackedBatch) -> Results {
        let block = ParameterBlock()
        let layers = ["_l0", "_l0_reverse"].map {
            RecurrentLayer(
                cell, inputSize: Self.inputSize, hiddenSize: Self.hiddenSize, suffix: $0, in: block)
        }
        block.fill(seed: 5, scale: 0.5, context)
        let tape = used(block, batch), x = input(tape, batch)
        var results = Results(output: [], finals: [], parameters: [], input: [])
        for (layer, own) in zip(layers, [batch, batch.opposite]) {
            let pass = layer(x, own, tape)
            pass.output.gradient!.update(repeating: 1, count: pass.output.count)
            results.output.append(pass.output.array)
            results.finals.append(pass.final.hidden.array)
            tape.backward()
        }
        results.parameters = gradients(block, tape)
        results.input = gradient(x)
        return results
    }

    @Test(arguments: Cell.all)
    func bothAreTheTwoAlone(cell: Cell) {
        for batch in [
            PackedBatch(lengths: [7, 4, 4, 1], resets: [5, 8]), PackedBatch(lengths: [250, 200]),
            PackedBatch(lengths: (0..<12).map { 60 - 3 * $0 }),
        ] {
            let both = together(cell, batch), alone = apart(cell, batch)
            for direction in 0..<2 {
                expectSameBits(both.output[direction], alone.output[direction], "y, \(direction)")
                expectSameBits(both.finals[direction], alone.finals[direction], "hn, \(direction)")
            }
            for (index, expected) in alone.parameters.enumerated() {
                expectSameBits(both.parameters[index], expected, "parameter \(index)")
            }
            expectSameBits(both.input, alone.input, "gradient of x")
        }
    }

    @Test func theOppositeIsMadeOnce() {
        let batch = PackedBatch(lengths: [3, 2], resets: [2])
        #expect(batch.opposite === batch.opposite)
        #expect(batch.opposite.isReversed && batch.opposite.lengths == [3, 2])
        #expect(batch.opposite.resets == [2])
    }

    @Test func parametersAreNamedAsInPyTorch() {
        let block = ParameterBlock()
        let stack = RecurrentStack(
            .gru(), inputSize: 3, hiddenSize: 4, layers: 2, bidirectional: true, in: block)
        #expect(stack.outputSize == 8)
        #expect(
            block.parameters.map(\.name).filter { $0.hasPrefix("weight_ih") } == [
                "weight_ih_l0", "weight_ih_l0_reverse", "weight_ih_l1", "weight_ih_l1_reverse",
            ])
        #expect(block.parameters.first { $0.name == "weight_ih_l1_reverse" }?.shape == [12, 8])
    }
}
