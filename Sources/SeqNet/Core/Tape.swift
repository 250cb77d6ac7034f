import CKernels

/// The record of a forward pass, and the memory it works in.
///
/// A model's code reads as its forward pass; each operation leaves one closure here that adds
/// its part to the gradients, and `backward()` runs them in reverse. A tape made by `init(inference:)`
/// records nothing and runs the same code.
///
/// ```swift
/// let tape = Tape(training: parameters, context)
/// let hidden = lstm(embedding(tokens, tape), batch, tape).output
/// let loss = output.loss(hidden, targets: targets, tape)
/// tape.backward()
/// ```
public final class Tape {
    public let context: KernelContext
    /// Whether gradients are recorded.
    public let isRecording: Bool
    /// Whether this is a pass of training: dropout acts only then.
    public let isTraining: Bool

    let workspace = Workspace()
    /// Within `unrolled(_:_:)`, what its steps share.
    private(set) var scope: UnrolledScope?
    private var backwards: [() -> Void] = []
    private let gradients: AlignedBuffer?
    /// Those of each parameter, by its index.
    private let gradientMemories: [GradientMemory]
    private let parameters: ParameterBlock?
    /// Weights of layers with recurrent dropout, by the index of their parameter. They last longer
    /// than a pass for their memory.
    private var dropped: [Int: DroppedRecurrentWeights] = [:]
    private let seed: UInt64
    private var step = 0
    private var draws = 0

    /// A tape without gradients.
    public init(inference context: KernelContext) {
        self.context = context
        isRecording = false
        isTraining = false
        gradients = nil
        gradientMemories = []
        parameters = nil
        seed = 0
    }

    /// A tape that gathers the gradients of `parameters`. `seed` is that of dropout.
    public convenience init(
        training parameters: ParameterBlock, _ context: KernelContext, seed: UInt64 = 1
    ) {
        self.init(recording: parameters, context, isTraining: true, seed: seed)
    }

    /// A tape that gathers gradients of the model as it predicts: without dropout.
    public convenience init(analyzing parameters: ParameterBlock, _ context: KernelContext) {
        self.init(recording: parameters, context, isTraining: false, seed: 0)
    }

    private init(
        recording parameters: ParameterBlock, _ context: KernelContext, isTraining: Bool,
        seed: UInt64
    ) {
        self.context = context
        isRecording = true
        self.isTraining = isTraining
        self.parameters = parameters
        let gradients = AlignedBuffer(count: parameters.floats)
        self.gradients = gradients
        gradientMemories = parameters.parameters.map {
            GradientMemory(gradients.floats + $0.offset, count: $0.count, context)
        }
        self.seed = seed
    }

    /// Forgets everything recorded and takes all tensors back. Gradients of parameters become
    /// zero. `step` numbers the training step, which the random numbers of dropout depend on.
    public func reset(step: Int = 0) {
        backwards.removeAll(keepingCapacity: true)
        workspace.reset()
        for memory in gradientMemories { memory.clear() }
        for weights in dropped.values { weights.forget() }
        self.step = step
        draws = 0
    }

    /// As `reset`, and gives the workspace's memory back to the system, for a pause in which
    /// others need it.
    public func release() {
        reset()
        workspace.release()
    }

    /// Runs what was recorded, last first. The operations that computed a loss have left its
    /// gradient already.
    public func backward() {
        precondition(isRecording, "this tape records nothing")
        for backward in backwards.reversed() { backward() }
        backwards.removeAll(keepingCapacity: true)
        for (index, weights) in dropped where weights.isDrawn {
            weights.addGradient(to: gradient(of: parameters!.parameter(index)), context)
            weights.forget()
        }
    }

    /// A tensor with arbitrary values and, when recording, a gradient to which nothing has been
    /// added.
    public func tensor(rows: Int, columns: Int) -> Tensor {
        let values = kept(rows: rows, width: columns)
        guard isRecording else {
            return Tensor(rows: rows, columns: columns, values: values, gradient: nil)
        }
        // A scope clears the gradients of all steps at once.
        let isStep = scope != nil
        let gradient = GradientMemory(
            kept(rows: rows, width: columns, areZero: isStep), count: rows * columns,
            holdsSum: isStep, context)
        return Tensor(rows: rows, columns: columns, values: values, gradient: gradient)
    }

    /// Memory of an operation, `width` floats for each row, that lasts until the tape is reset.
    func kept(rows: Int, width: Int, areZero: Bool = false) -> UnsafeMutablePointer<Float> {
        if let scope { return scope.rows(rows, width: width, areZero: areZero) }
        return areZero
            ? workspace.zeros(rows * width, context) : workspace.floats(rows * width)
    }

    /// Memory that holds nothing from one pass of an operation to the next.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
        scope?.scratch(count) ?? workspace.floats(count)
    }

    /// A tensor that holds a copy of `values`, row by row.
    public func tensor(_ values: [Float], columns: Int) -> Tensor {
        precondition(columns > 0 && values.count % columns == 0)
        let tensor = tensor(rows: values.count / columns, columns: columns)
        values.withUnsafeBufferPointer { tensor.values.update(from: $0.baseAddress!, count: $0.count) }
        return tensor
    }

    /// Leaves the backward pass of an operation; it adds to gradients, and is kept only when
    /// the tape records.
    public func record(_ backward: @escaping () -> Void) {
        if isRecording { backwards.append(backward) }
    }

    /// The same for an operation with weights, in two parts: what it adds to the gradients of its
    /// inputs, and what to those of its weights.
    ///
    /// Within `unrolled(_:_:)` the second part waits for the scope to close, and is called once, as
    /// the first step left it, for the rows of all steps: they lie behind those of the first.
    /// - Parameters:
    ///   - input: what the weights meet.
    ///   - weights: given the rows of the input to take.
    func record(
        _ input: Tensor, inputs: @escaping () -> Void, weights: @escaping (_ rows: Int) -> Void
    ) {
        guard isRecording else { return }
        if let scope {
            backwards.append(inputs)
            scope.gather(input, weights)
        } else {
            backwards.append {
                inputs()
                weights(input.rows)
            }
        }
    }

    /// Runs a network step by step, where a step needs what the one before it gave: a decoder that
    /// is fed its own output.
    ///
    /// Every step runs the same operations in the same order, each with a row for each sequence
    /// that is still active. Their gradients run back step by step; those of weights are taken once
    /// from the rows of all steps, when the first step is done.
    ///
    /// ```swift
    /// var last = initial
    /// let outputs = tape.unrolled(batch) { step, stepBatch in
    ///     let rows = batch.firstRow(of: step)..<batch.firstRow(of: step + 1)
    ///     last = linear(tape.concatenated([x.rows(rows), last.rows(0..<rows.count)]), tape)
    ///     return last
    /// }
    /// ```
    /// - Parameter body: runs a step, given its number and its layout, a batch of one step; returns
    ///   its output, [active sequences, columns].
    /// - Returns: the outputs of all steps, [rows of the batch, columns].
    public func unrolled(
        _ batch: PackedBatch, _ body: (_ step: Int, _ batch: PackedBatch) -> Tensor
    ) -> Tensor {
        precondition(scope == nil, "no scope within another")
        let scope = UnrolledScope(batch, workspace, context)
        self.scope = scope
        defer { self.scope = nil }
        // The first to be recorded runs last.
        record { scope.close() }
        var first: Tensor?
        for step in 0..<batch.steps {
            scope.begin(step)
            let output = body(step, PackedBatch(sequences: scope.stepRows, steps: 1))
            let whole = first ?? output
            first = whole
            precondition(
                output.values == whole.values + batch.firstRow(of: step) * whole.columns,
                "the output of a step is made in it")
        }
        return first!.extended(rows: batch.rows)
    }

    /// Where the gradient of a parameter is gathered, shaped as the parameter.
    public func gradient(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
        gradientMemory(of: parameter).sum
    }

    /// The gradient of a parameter for an operation that leaves a part of all of it now.
    func gradientTarget(of parameter: Parameter) -> GradientMemory.Target {
        gradientMemory(of: parameter).target()
    }

    /// The same of two parameters, of which either both are empty or none.
    func gradientTargets(
        of first: Parameter, _ second: Parameter
    ) -> (first: GradientMemory.Target, second: GradientMemory.Target) {
        let memories = (gradientMemory(of: first), gradientMemory(of: second))
        if !memories.0.isEmpty || !memories.1.isEmpty {
            // Zeros where nothing has been added.
            _ = (memories.0.sum, memories.1.sum)
        }
        return (memories.0.target(), memories.1.target())
    }

    private func gradientMemory(of parameter: Parameter) -> GradientMemory {
        precondition(parameter.block === parameters, "'\(parameter.name)' is of another model")
        return gradientMemories[parameter.index]
    }

    /// Weights of a layer of which some are left out: the same ones until the tape is reset, which
    /// the seed and the step decide on.
    func dropped(_ weights: RecurrentWeights, rate: Float) -> DroppedRecurrentWeights {
        precondition(weights.hidden.block === parameters, "weights of another model")
        let index = weights.hidden.index
        let own = dropped[index] ?? DroppedRecurrentWeights(weights, rate: rate)
        dropped[index] = own
        if !own.isDrawn {
            let stream = RandomStream.recurrentDropout(step: step, parameter: index)
            own.draw(seed: seed, stream: stream, context)
        }
        return own
    }

    /// Whether the gradients of these parameters are gathered here.
    func isRecording(_ parameters: ParameterBlock) -> Bool { self.parameters === parameters }

    /// All gradients, laid out as the parameter block.
    var allGradients: UnsafeMutableBufferPointer<Float> {
        for memory in gradientMemories { _ = memory.sum }
        return gradients!.buffer
    }

    /// Blocks of memory allocated so far: constant in steady state.
    var allocations: Int { workspace.allocations }

    /// The random stream of the next random operation of this step.
    func nextRandomStream() -> (seed: UInt64, stream: UInt64) {
        defer { draws += 1 }
        return (seed, RandomStream.dropout(step: step, draw: draws))
    }
}
