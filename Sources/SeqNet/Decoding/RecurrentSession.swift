import CKernels

/// Sequences that a recurrent network reads step by step, as they arrive.
///
/// A step allocates nothing, takes no lock, and gives the bits of the same step within a longer
/// pass. Any number of sessions, each on one thread at a time, may share a network.
///
/// A session times some of its steps, a hundredth of them, to find how many threads of its context
/// are fastest for the others, where a layer has 65,536 multiply-adds and more (an LSTM of 91 units
/// that reads as many). Sessions side by side do better with a context of one thread each.
///
/// ```swift
/// let session = RecurrentSession(stack, context)
/// let hidden = session.step(input)    // [hiddenSize]
/// ```
public final class RecurrentSession {
    public let stack: RecurrentStack
    /// Sequences that go through each step together.
    public let sequences: Int
    let context: KernelContext
    /// The states after the last step.
    let state: CarriedState
    private let batch: PackedBatch
    /// One a layer; each reads the hidden states of the one below it.
    private let runs: UnsafeMutablePointer<sn_recurrent_run>
    private let memory = Workspace()
    /// Ways of a step that have the same bits, and which of them is the fastest.
    let ways: [StepWay]
    private var trial: StepTrial
    private var stepsDone = 0

    /// Sequences in their zero state.
    ///
    /// - Parameters:
    ///   - stack: of one direction, its parameters packed for the context's instruction set, as
    ///     those of a loaded model are.
    ///   - sequences: B of every step.
    ///   - context: which kernels run on how many threads.
    public init(_ stack: RecurrentStack, sequences: Int = 1, _ context: KernelContext) {
        precondition(sequences >= 1, "at least one sequence")
        self.stack = stack
        self.sequences = sequences
        self.context = context
        state = CarriedState(stack, sequences: sequences)
        batch = PackedBatch(sequences: sequences, steps: 1)
        runs = .allocate(capacity: stack.layers.count)
        for (index, layer) in stack.layers.enumerated() {
            let states = state.buffers[index]
            var run = layer.stepRun(
                batch, (states.hidden.floats, states.cell?.floats), memory, context)
            if index > 0 { run.input.x = UnsafePointer(runs[index - 1].y) }
            (runs + index).initialize(to: run)
        }
        ways = StepWay.all(UnsafeBufferPointer(start: runs, count: stack.layers.count), context)
        trial = StepTrial(ways: ways.count)
    }

    deinit { runs.deallocate() }

    /// Every sequence begins anew.
    public func reset() { state.reset() }

    /// Every sequence begins anew, from states of its own.
    /// - Parameter states: one a layer, [sequences, hiddenSize]; they are copied.
    public func begin(_ states: [LayerState]) { state.set(to: states) }

    /// Goes one step on.
    ///
    /// - Parameter input: [sequences, inputSize].
    /// - Returns: [sequences, hiddenSize], the last layer's hidden states, valid until the next
    ///   step of this session, which the caller keeps alive as long.
    @discardableResult
    public func step(_ input: UnsafePointer<Float>) -> UnsafeBufferPointer<Float> {
        runs[0].input.x = input
        let way = ways[trial.way]
        if trial.isTimed {
            trial.advance(ContinuousClock().measure { run(way) })
        } else {
            run(way)
            trial.advance()
        }
        return UnsafeBufferPointer(
            start: runs[stack.layers.count - 1].y, count: sequences * stack.hiddenSize)
    }

    private func run(_ way: StepWay) {
        for layer in 0..<stack.layers.count {
            runs[layer].worth_a_thread = way.worthAThread
            // Behind an even number of steps the order is ascending.
            runs[layer].steps_before = way.alternates ? stepsDone : 0
            sn_recurrent_forward(context.pointer, runs + layer, 1)
        }
        stepsDone &+= 1
    }

    /// Goes one step on.
    ///
    /// - Parameter input: [sequences, inputSize], row by row.
    /// - Returns: [sequences, hiddenSize], the last layer's hidden states, valid until the next
    ///   step of this session, which the caller keeps alive as long.
    @discardableResult
    public func step(_ input: [Float]) -> UnsafeBufferPointer<Float> {
        precondition(input.count == sequences * stack.layers[0].inputSize, "shape of the input")
        return input.withUnsafeBufferPointer { step($0.baseAddress!) }
    }
}
