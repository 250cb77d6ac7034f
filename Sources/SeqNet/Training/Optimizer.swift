import CKernels

/// Changes the parameters of a model by their gradients, in one pass over the flat block.
///
/// `Trainer` has one of its own; a training loop of yours uses `step(_:)`:
///
/// ```swift
/// let optimizer = try Optimizer(options, model.parameters, context)
/// for number in 0..<1000 {
///     tape.reset(step: number)
///     let loss = model.loss(inputs, targets: targets, tape)
///     tape.backward()
///     try optimizer.step(tape)
/// }
/// ```
public final class Optimizer {
    private let options: TrainingOptions
    private let parameters: ParameterBlock
    private let context: KernelContext
    /// Running averages of the gradient or its square, each laid out as the parameters.
    private let moments: [(name: String, buffer: AlignedBuffer)]
    private var partialSums: [Double]
    /// Calls of `step(_:)` that changed the parameters.
    private var steps = 0

    private enum Constant {
        static let adamBeta1: Float = 0.9
        static let adamBeta2: Float = 0.999
        static let rmspropAlpha: Float = 0.99
        static let epsilon: Float = 1e-8
    }

    /// - Parameters:
    ///   - options: the rule, its learning rate, momentum and weight decay, and the norm that
    ///     gradients are clipped to.
    ///   - parameters: what is changed; the model is built, for the block can grow no more.
    /// - Throws: `.usage` for an option that is out of range.
    public init(
        _ options: TrainingOptions, _ parameters: ParameterBlock, _ context: KernelContext
    ) throws {
        try options.validate()
        self.options = options
        self.parameters = parameters
        self.context = context
        moments = Self.momentNames(options).map { ($0, AlignedBuffer(count: parameters.floats)) }
        partialSums = Array(repeating: 0, count: sn_sum_of_squares_chunks(parameters.floats))
    }

    /// The moments of the options' rule; each takes as much memory as the parameters.
    static func momentNames(_ options: TrainingOptions) -> [String] {
        let velocity = options.momentum > 0 ? ["velocity"] : []
        return switch options.optimizer {
        case .adam, .adamw: ["first_moment", "second_moment"]
        case .sgd: velocity
        case .rmsprop: ["second_moment"] + velocity
        }
    }

    /// The moments with names for a checkpoint.
    var named: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] {
        moments.map { ($0.name, $0.buffer.buffer) }
    }

    /// One update by the gradients that `tape.backward()` has left: they are clipped, the
    /// parameters are changed at the options' learning rate (a schedule is the trainer's) and
    /// packed for the next pass.
    ///
    /// - Parameter tape: records the gradients of the same parameters.
    /// - Returns: the norm of all gradients together, before clipping.
    /// - Throws: `.badData` when that norm is not finite; the parameters are unchanged then.
    @discardableResult
    public func step(_ tape: Tape) throws -> Double {
        precondition(tape.isRecording(parameters), "the tape records another model, or nothing")
        let norm = norm(of: tape.allGradients)
        guard norm.isFinite else {
            throw SeqNetError(
                .badData,
                "training, update \(steps + 1): the gradient's norm is \(norm); try a learning rate "
                    + "lower than \(options.effectiveLearningRate), or a lower norm to clip to")
        }
        steps += 1
        update(tape.allGradients, norm: norm, rate: options.effectiveLearningRate, step: steps)
        parameters.pack(context, backward: true)
        return norm
    }

    /// The norm of all gradients together.
    func norm(of gradients: UnsafeMutableBufferPointer<Float>) -> Double {
        sn_sum_of_squares(context.pointer, gradients.baseAddress, &partialSums, gradients.count)
            .squareRoot()
    }

    /// One update, with clipped gradients.
    /// - Parameters:
    ///   - norm: of the gradients.
    ///   - step: of the run, counted from 1.
    func update(
        _ gradients: UnsafeMutableBufferPointer<Float>, norm: Double, rate: Float, step: Int
    ) {
        let clips = options.clipNorm > 0 && norm > Double(options.clipNorm)
        let scale = clips ? options.clipNorm / Float(norm) : 1
        let count = parameters.floats, w = parameters.values, g = gradients.baseAddress
        let decay = options.weightDecay, momentum = options.momentum
        switch options.optimizer {
        case .adam, .adamw:
            let decoupled = options.optimizer == .adamw
            sn_adam_step(
                context.pointer, w, moment(0), moment(1), g, scale, rate, Constant.adamBeta1,
                Constant.adamBeta2, Constant.epsilon, decoupled ? 0 : decay, decoupled ? decay : 0,
                Self.correction(Constant.adamBeta1, step), Self.correction(Constant.adamBeta2, step),
                count)
        case .sgd:
            sn_sgd_step(
                context.pointer, w, momentum > 0 ? moment(0) : nil, g, scale, rate, momentum, decay,
                count)
        case .rmsprop:
            sn_rmsprop_step(
                context.pointer, w, moment(0), momentum > 0 ? moment(1) : nil, g, scale, rate,
                Constant.rmspropAlpha, Constant.epsilon, momentum, decay, count)
        }
    }

    private func moment(_ index: Int) -> UnsafeMutablePointer<Float> { moments[index].buffer.floats }

    /// 1 - β^step, by repeated squaring in float64: no library's `pow`, so the same everywhere.
    static func correction(_ beta: Float, _ step: Int) -> Float {
        var power = 1.0, square = Double(beta), rest = step
        while rest > 0 {
            if rest & 1 == 1 { power *= square }
            square *= square
            rest >>= 1
        }
        return Float(1 - power)
    }
}
