import Testing

@testable import SeqNet

struct TanhTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func isTheTangentOfEachValue() {
        let tape = Tape(inference: context)
        let y = tape.tanh(tape.tensor([0, 1, -2, 30], columns: 2))
        #expect(y.rows == 2 && y.columns == 2)
        for (value, x) in zip(y.array, [0.0, 1, -2, 30]) {
            let square = naturalExp(2 * x)
            #expect(abs(Double(value) - (square - 1) / (square + 1)) < 4e-7)
        }
    }

    @Test func gradientsAreThoseOfDifferences() {
        let block = ParameterBlock()
        let x = block.add("x", [5, 19], .zeros)
        block.fill(seed: 1, scale: 2, context)
        GradientCheck(block: block, context: context).run { tape in
            tape.weightedSum(tape.tanh(tape.input(x)), seed: 2)
        }
    }
}
