import Testing

@testable import SeqNet

struct LinearTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func computesTheProductAndTheBias() {
        let block = ParameterBlock()
        let linear = Linear(inputSize: 3, outputSize: 2, prefix: "a.", in: block)
        #expect(block.parameters.map(\.name) == ["a.weight", "a.bias"])
        _ = linear.weight.buffer.update(from: [1, 2, 3, 4, 5, 6])
        _ = linear.bias!.buffer.update(from: [10, 20])
        block.pack(context, backward: false)
        let tape = Tape(inference: context)
        let y = linear(tape.tensor([1, 0, 0, 1, -1, 1], columns: 3), tape)
        #expect(y.array == [11, 24, 12, 25])
    }

    @Test(arguments: [(1, 1, 1), (5, 7, 3), (17, 33, 31)])
    func gradientsAreThoseOfDifferences(rows: Int, inputSize: Int, outputSize: Int) {
        let block = ParameterBlock()
        let linear = Linear(inputSize: inputSize, outputSize: outputSize, in: block)
        let x = block.add("x", [rows, inputSize], .zeros)
        block.fill(seed: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            tape.weightedSum(linear(tape.input(x), tape), seed: 2)
        }
    }
}
