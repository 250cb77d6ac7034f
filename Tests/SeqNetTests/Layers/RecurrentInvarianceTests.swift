import TestSupport
import Testing

@testable import SeqNet

/// The same numbers in another order of work: bit for bit the same.
struct RecurrentInvarianceTests {
    /// Sizes that are no multiple of a vector, and large enough for three threads.
    private static let inputSize = 19, hiddenSize = 67

    private func stack(_ cell: Cell, _ context: KernelContext) -> (ParameterBlock, RecurrentStack) {
        let block = ParameterBlock()
        let stack = RecurrentStack(
            cell, inputSize: Self.inputSize, hiddenSize: Self.hiddenSize, layers: 2, in: block)
        block.fill(seed: 7, scale: 0.3, context)
        return (block, stack)
    }

    private func inputs(_ rows: Int) -> [Float] {
        var random = Random(seed: 8, stream: 0)
        return random.floats(rows * Self.inputSize)
    }

    @Test(arguments: Cell.all)
    func sequencesAloneAreThoseOfTheBatch(cell: Cell) throws {
        let context = try KernelContext(threads: 1)
        let (block, stack) = stack(cell, context)
        let lengths = [6, 5, 5, 2, 1], batch = PackedBatch(lengths: lengths)
        let values = inputs(batch.rows), width = Self.inputSize
        let tape = Tape(inference: context)
        let together = stack(tape.tensor(values, columns: width), batch, tape).last!.output
        for (sequence, length) in lengths.enumerated() {
            let rows = (0..<length).map { batch.firstRow(of: $0) + sequence }
            let own = rows.flatMap { values[$0 * width..<($0 + 1) * width] }
            let alone = stack(
                tape.tensor(own, columns: width), PackedBatch(sequences: 1, steps: length), tape
            ).last!.output
            let expected = rows.flatMap { together.rows($0..<$0 + 1).array }
            expectSameBits(alone.array, expected, "\(cell), sequence \(sequence)")
        }
        withExtendedLifetime(block) {}
    }

    @Test(.enabled(if: KernelContext.hasThreads), arguments: Cell.all, [false, true])
    func threadsDoNotMatter(cell: Cell, bidirectional: Bool) throws {
        // Few long sequences, which threads share by units, and many short ones, by rows. The
        // directions of the ragged ones run side by side where the threads are even.
        for (lengths, size) in [
            ([40, 40], Self.hiddenSize), ([40, 31, 7], Self.hiddenSize), ([12, 9, 4], 192),
            (Array(repeating: 6, count: 24), Self.hiddenSize),
            (Array((1...24).reversed()), Self.hiddenSize),
        ] {
            let results = try [1, 2, 3, 4].map {
                try values(
                    cell, lengths, hiddenSize: size, threads: $0, bidirectional: bidirectional)
            }
            for (threads, result) in zip([2, 3, 4], results.dropFirst()) {
                expectSameBits(result.outputs, results[0].outputs, "\(cell), \(threads) threads, outputs")
                expectSameBits(result.losses, results[0].losses, "\(cell), \(threads) threads, losses")
                expectSameBits(
                    result.gradients, results[0].gradients, "\(cell), \(threads) threads, gradients")
            }
        }
    }

    private struct Values {
        let outputs: [Float], losses: [Float], gradients: [Float]
    }

    /// Everything that a training step computes.
    private func values(
        _ cell: Cell, _ lengths: [Int], hiddenSize: Int, threads: Int, bidirectional: Bool
    ) throws -> Values {
        let context = try KernelContext(threads: threads)
        let block = ParameterBlock()
        let vocabulary = 90
        let embedding = Embedding(
            vocabulary: vocabulary, size: Self.inputSize, initializer: .zeros, in: block)
        let stack = RecurrentStack(
            cell, inputSize: Self.inputSize, hiddenSize: hiddenSize, layers: 2,
            bidirectional: bidirectional, dropout: 0.2, in: block)
        let output = SoftmaxOutput(inputSize: stack.outputSize, vocabulary: vocabulary, in: block)
        block.fill(seed: 7, scale: 0.3, context)
        let batch = PackedBatch(lengths: lengths)
        var random = Random(seed: 9, stream: 0)
        let ids = random.ids(batch.rows, below: vocabulary)
        let tape = Tape(training: block, context)
        tape.reset(step: 3)
        let top = stack(embedding(ids, tape), batch, tape).last!.output
        let losses = Array(output.loss(top, targets: ids, tape).rows)
        tape.backward()
        return Values(outputs: top.array, losses: losses, gradients: Array(tape.allGradients))
    }
}
