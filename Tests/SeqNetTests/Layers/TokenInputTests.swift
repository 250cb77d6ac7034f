@testable import SeqNet
import Testing

/// A layer that looks tokens up itself, beside the same layer on their embeddings.
@Suite struct TokenInputTests {
    private struct Result {
        var output: [Float] = []
        var gradients: [Float] = []
    }

    /// How the layer comes by its input.
    enum Input { case embedded, lookedUp, distinct }

    /// Ragged, with resets, tokens repeated and some never used; twice as large as what backward
    /// takes gradients from at once when `large`, in rows and in the vocabulary.
    private func run(
        _ cell: Cell, threads: Int, reversed: Bool, input: Input, large: Bool = false,
        bidirectional: Bool = false
    ) throws -> Result {
        let context = try KernelContext(threads: threads)
        let block = ParameterBlock()
        let vocabulary = large ? 600 : 6
        let embedding = Embedding(
            vocabulary: vocabulary, size: 7, initializer: .uniform(bound: 1), in: block)
        let stack = RecurrentStack(
            cell, inputSize: 7, hiddenSize: 19, layers: 2, bidirectional: bidirectional, in: block)
        block.initialize(seed: 5, context)
        block.pack(context, backward: true)
        let lengths = Array(repeating: 9, count: large ? 60 : 7) + [6, 6, 2]
        let batch = PackedBatch(lengths: lengths, resets: [large ? 113 : 13, large ? 335 : 35], reversed: reversed)
        let tokens = (0..<batch.rows).map { Int32(($0 * $0 + $0 / 3) % (vocabulary - 1)) }
        let tape = Tape(training: block, context)
        let passes =
            switch input {
            case .embedded: stack(embedding(tokens, tape), batch, tape)
            case .lookedUp: stack(tokens, of: embedding, batch, tape)
            case .distinct: stack(tokens, embeddedBy: embedding, Dropout(rate: 0), batch, tape)
            }
        let output = passes.last!.output
        for i in 0..<output.count { output.gradient![i] = Float(i % 11 - 5) / 7 }
        tape.backward()
        return Result(output: output.array, gradients: Array(tape.allGradients))
    }

    @Test(arguments: [
        Cell.lstm, .gru(.resetAfter), .gru(.resetBefore), .gru(.simplified), .rnn(.tanh), .rnn(.relu),
    ], [false, true])
    func lookingUpGivesTheSameBitsAndGradients(_ cell: Cell, _ reversed: Bool) throws {
        for large in [false, true] { try compare(cell, reversed, large) }
    }

    @Test(arguments: [Cell.lstm, .gru(.resetAfter), .rnn(.tanh)])
    func bothDirectionsLookUp(_ cell: Cell) throws {
        for large in [false, true] { try compare(cell, false, large, bidirectional: true) }
    }

    @Test(arguments: [Cell.lstm, .gru(.resetBefore)], [false, true])
    func distinctTokensGiveTheSameBitsAndGradients(_ cell: Cell, bidirectional: Bool) throws {
        for large in [false, true] {
            try compare(cell, false, large, bidirectional: bidirectional, input: .distinct)
        }
    }

    private func compare(
        _ cell: Cell, _ reversed: Bool, _ large: Bool, bidirectional: Bool = false,
        input: Input = .lookedUp
    ) throws {
        let plain = try run(cell, threads: 2, reversed: reversed, input: .embedded, large: large,
            bidirectional: bidirectional)
        let table = try run(cell, threads: 2, reversed: reversed, input: input, large: large,
            bidirectional: bidirectional)
        #expect(table.output == plain.output)
        let norm = plain.gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        let difference = zip(plain.gradients, table.gradients)
            .reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }.squareRoot()
        #expect(norm > 1 && difference <= 1e-6 * norm)
        for threads in [1, 3, 4] {
            let other = try run(
                cell, threads: threads, reversed: reversed, input: input, large: large,
                bidirectional: bidirectional)
            #expect(other.output == table.output && other.gradients == table.gradients)
        }
    }
}
