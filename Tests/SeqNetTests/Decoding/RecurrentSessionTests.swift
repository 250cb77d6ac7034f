import CKernels
import TestSupport
import Testing

@testable import SeqNet

struct RecurrentSessionTests {
    private static let inputSize = 6, hiddenSize = 37, steps = 9

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 2) }

    private func stack(_ cell: Cell, hiddenSize: Int = Self.hiddenSize) -> (ParameterBlock, RecurrentStack) {
        let block = ParameterBlock()
        let stack = RecurrentStack(
            cell, inputSize: Self.inputSize, hiddenSize: hiddenSize, layers: 2, in: block)
        block.fill(seed: 6, scale: 0.4, context)
        block.pack(context, backward: false)
        return (block, stack)
    }

    private func inputs(_ sequences: Int, stream: UInt64 = 0) -> [[Float]] {
        var random = Random(seed: 7, stream: stream)
        return (0..<Self.steps).map { _ in random.floats(sequences * Self.inputSize) }
    }

    private func outputs(_ session: RecurrentSession, _ inputs: [[Float]]) -> [[Float]] {
        withExtendedLifetime(session) { inputs.map { Array(session.step($0)) } }
    }

    @Test(arguments: Cell.all, [1, 3, 8])
    func stepsGiveTheBitsOfTheWholeSequence(cell: Cell, sequences: Int) {
        let (block, stack) = stack(cell)
        let inputs = inputs(sequences), tape = Tape(inference: context)
        let whole = stack(
            tape.tensor(inputs.flatMap { $0 }, columns: Self.inputSize),
            PackedBatch(sequences: sequences, steps: Self.steps), tape)
        let session = RecurrentSession(stack, sequences: sequences, context)
        expectSameBits(
            outputs(session, inputs).flatMap { $0 }, whole.last!.output.array, "\(cell), \(sequences)")
        withExtendedLifetime(block) {}
    }

    /// While a session tries which way is the fastest, and behind that.
    @Test(arguments: [Cell.lstm, .gru(), .rnn()], [1, 3])
    func trialsDoNotChangeTheBits(cell: Cell, sequences: Int) throws {
        let (block, stack) = stack(cell, hiddenSize: 192)
        // Two trials, of six ways at most, and what follows them.
        let inputs: [[Float]] = (0..<50).flatMap { self.inputs(sequences, stream: $0) }
        let tape = Tape(inference: context)
        let whole = stack(
            tape.tensor(inputs.flatMap { $0 }, columns: Self.inputSize),
            PackedBatch(sequences: sequences, steps: inputs.count), tape)
        let trying = try KernelContext(threads: 2)
        trying.pointer.pointee.l2_bytes = 0  // any order may be the fastest
        let session = RecurrentSession(stack, sequences: sequences, trying)
        expectSameBits(
            outputs(session, inputs).flatMap { $0 }, whole.last!.output.array, "\(cell), \(sequences)")
        withExtendedLifetime(block) {}
    }

    /// A batch of sessions is the sessions, one by one.
    @Test(arguments: Cell.all)
    func sequencesOfASessionDoNotMeet(cell: Cell) {
        let (block, stack) = stack(cell)
        let together = outputs(RecurrentSession(stack, sequences: 4, context), inputs(4))
        for sequence in 0..<4 {
            let own = inputs(4).map { step in
                Array(step[sequence * Self.inputSize..<(sequence + 1) * Self.inputSize])
            }
            let alone = outputs(RecurrentSession(stack, context), own)
            let size = Self.hiddenSize
            let expected = together.flatMap { $0[sequence * size..<(sequence + 1) * size] }
            expectSameBits(alone.flatMap { $0 }, expected, "\(cell), sequence \(sequence)")
        }
        withExtendedLifetime(block) {}
    }

    @Test func aResetBeginsAnew() {
        let (block, stack) = stack(.lstm)
        let session = RecurrentSession(stack, sequences: 2, context)
        let first = outputs(session, inputs(2))
        let second = outputs(session, inputs(2))
        #expect(first != second)
        session.reset()
        expectSameBits(outputs(session, inputs(2)).flatMap { $0 }, first.flatMap { $0 }, "after reset")
        withExtendedLifetime(block) {}
    }

    @Test func sessionsShareANetworkSideBySide() async {
        let (block, stack) = stack(.lstm, hiddenSize: 300)
        let shared = context
        let texts = (0..<6).map { inputs(1, stream: $0) }
        let expected = texts.map { outputs(RecurrentSession(stack, shared), $0) }
        let results = await withTaskGroup(of: (Int, [[Float]]).self) { group in
            for (index, text) in texts.enumerated() {
                group.addTask {
                    let session = RecurrentSession(stack, shared)
                    return (
                        index,
                        withExtendedLifetime(session) { text.map { Array(session.step($0)) } }
                    )
                }
            }
            return await group.reduce(into: [Int: [[Float]]]()) { $0[$1.0] = $1.1 }
        }
        for index in texts.indices {
            expectSameBits(
                results[index]!.flatMap { $0 }, expected[index].flatMap { $0 }, "session \(index)")
        }
        withExtendedLifetime(block) {}
    }

    /// Weights in bf16 are the weights rounded, and nothing else is.
    @Test(arguments: Cell.all)
    func weightsInBF16AreTheRoundedOnes(cell: Cell) {
        let (block, stack) = stack(cell)
        block.pack(context, backward: false, as: .bf16)
        let kept = outputs(RecurrentSession(stack, sequences: 3, context), inputs(3))
        for weight in block.parameters where weight.name.hasPrefix("weight_") {
            sn_round_bf16(weight.values, weight.values, weight.count)
        }
        block.pack(context, backward: false)
        let rounded = outputs(RecurrentSession(stack, sequences: 3, context), inputs(3))
        expectSameBits(kept.flatMap { $0 }, rounded.flatMap { $0 }, "\(cell)")
        withExtendedLifetime(block) {}
    }
}
