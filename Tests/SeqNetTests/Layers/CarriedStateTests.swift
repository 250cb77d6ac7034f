import TestSupport
import Testing

@testable import SeqNet

struct CarriedStateTests {
    private static let inputSize = 19, hiddenSize = 67

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func stack(_ cell: Cell, _ block: ParameterBlock) -> RecurrentStack {
        let stack = RecurrentStack(
            cell, inputSize: Self.inputSize, hiddenSize: Self.hiddenSize, layers: 2, in: block)
        block.fill(seed: 7, scale: 0.3, context)
        return stack
    }

    private func input(_ steps: Range<Int>, sequences: Int, _ tape: Tape) -> Tensor {
        var random = Random(seed: 8, stream: 0)
        let size = sequences * Self.inputSize
        let values = random.floats(steps.upperBound * size)
        return tape.tensor(Array(values[(steps.lowerBound * size)...]), columns: Self.inputSize)
    }

    @Test(arguments: Cell.all)
    func stepByStepIsTheWholeSequence(cell: Cell) {
        let block = ParameterBlock(), stack = stack(cell, block)
        let sequences = 3, steps = 7
        let tape = Tape(inference: context)
        let whole = stack(
            input(0..<steps, sequences: sequences, tape),
            PackedBatch(sequences: sequences, steps: steps), tape
        ).last!.output.array

        let state = CarriedState(stack, sequences: sequences)
        var joined: [Float] = []
        for range in [0..<1, 1..<2, 2..<5, 5..<7] {
            tape.reset()
            let passes = stack(
                input(range, sequences: sequences, tape),
                PackedBatch(sequences: sequences, steps: range.count), initial: state.layers(), tape)
            state.update(from: passes)
            joined += passes.last!.output.array
        }
        expectSameBits(joined, whole, "\(cell)")
    }

    @Test func aPassOfFewerSequencesLeavesTheOthers() {
        let block = ParameterBlock(), stack = stack(.lstm, block)
        let tape = Tape(inference: context)
        let state = CarriedState(stack, sequences: 3)
        func run(sequences: Int) {
            tape.reset()
            let x = input(0..<2, sequences: sequences, tape)
            let batch = PackedBatch(sequences: sequences, steps: 2)
            state.update(from: stack(x, batch, initial: state.layers(sequences: sequences), tape))
        }
        func third(_ index: Int) -> [[Float]] {
            state.named.map { Array($0.buffer[index * Self.hiddenSize..<(index + 1) * Self.hiddenSize]) }
        }
        run(sequences: 3)
        let before = (0..<3).map(third)
        run(sequences: 2)
        #expect(third(0) != before[0] && third(1) != before[1])
        #expect(third(2) == before[2])
    }

    @Test func aResetMakesEveryStateZero() {
        let block = ParameterBlock(), stack = stack(.lstm, block)
        let tape = Tape(inference: context)
        let state = CarriedState(stack, sequences: 2)
        #expect(state.named.map(\.name) == ["hidden_l0", "cell_l0", "hidden_l1", "cell_l1"])
        state.update(
            from: stack(input(0..<1, sequences: 2, tape), PackedBatch(sequences: 2, steps: 1), tape))
        #expect(state.named.allSatisfy { $0.buffer.contains { $0 != 0 } })
        state.reset()
        #expect(state.named.allSatisfy { $0.buffer.allSatisfy { $0 == 0 } })
    }
}
