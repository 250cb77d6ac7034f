import CKernels

/// The record of a forward pass, and the memory it works in.
///
/// A model's code reads as its forward pass; each operation leaves one closure here that adds
/// its gradients, and `backward()` runs them in reverse. A tape made by `init(inference:)`
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
    private var backwards: [() -> Void] = []
    private let gradients: AlignedBuffer?
    /// Whether anything has been added to the gradient of each parameter since `reset`; its
    /// memory holds what it held before until then.
    private var holdsGradient: [Bool]
    private let parameters: ParameterBlock?
    private let seed: UInt64
    private var step = 0
    private var draws = 0

    /// A tape without gradients.
    public init(inference context: KernelContext) {
        self.context = context
        isRecording = false
        isTraining = false
        gradients = nil
        holdsGradient = []
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
        gradients = AlignedBuffer(count: parameters.floats)
        holdsGradient = Array(repeating: false, count: parameters.shapes.count)
        self.seed = seed
    }

    /// Forgets everything recorded and takes all tensors back. Gradients of parameters become
    /// zero. `step` numbers the training step, which the random numbers of dropout depend on.
    public func reset(step: Int = 0) {
        backwards.removeAll(keepingCapacity: true)
        workspace.reset()
        for index in holdsGradient.indices { holdsGradient[index] = false }
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
    }

    /// A tensor with arbitrary values and, when recording, a gradient of zeros.
    public func tensor(rows: Int, columns: Int) -> Tensor {
        let count = rows * columns
        return Tensor(
            rows: rows, columns: columns, values: workspace.floats(count),
            gradient: isRecording ? workspace.zeros(count, context) : nil)
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

    /// Where the gradient of a parameter is gathered, shaped as the parameter.
    public func gradient(of parameter: Parameter) -> UnsafeMutablePointer<Float> {
        let (values, isEmpty) = gradientToGather(of: parameter)
        if isEmpty { sn_fill(context.pointer, values, 0, parameter.count) }
        return values
    }

    /// The same for an operation that adds to all of it, and that writes it instead when it is
    /// empty: arbitrary values are there then.
    func gradientToGather(
        of parameter: Parameter
    ) -> (values: UnsafeMutablePointer<Float>, isEmpty: Bool) {
        precondition(parameter.block === parameters, "'\(parameter.name)' is of another model")
        defer { holdsGradient[parameter.index] = true }
        return (gradients!.floats + parameter.offset, !holdsGradient[parameter.index])
    }

    /// The same of two parameters, which are written only when both are empty.
    func gradientsToGather(
        of first: Parameter, _ second: Parameter
    ) -> (
        first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, areEmpty: Bool
    ) {
        if holdsGradient[first.index] || holdsGradient[second.index] {
            return (gradient(of: first), gradient(of: second), false)
        }
        return (gradientToGather(of: first).values, gradientToGather(of: second).values, true)
    }

    /// Whether the gradients of these parameters are gathered here.
    func isRecording(_ parameters: ParameterBlock) -> Bool { self.parameters === parameters }

    /// All gradients, laid out as the parameter block.
    var allGradients: UnsafeMutableBufferPointer<Float> {
        for parameter in parameters!.parameters where !holdsGradient[parameter.index] {
            _ = gradient(of: parameter)
        }
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
