import CKernels

/// Changes the parameters of a model by their gradients, in one pass over the flat block.
final class Optimizer {
    private let options: TrainingOptions
    private let parameters: ParameterBlock
    private let context: KernelContext
    /// Running averages of the gradient or its square, each laid out as the parameters.
    private let moments: [(name: String, buffer: AlignedBuffer)]
    private var partialSums: [Double]

    private enum Constant {
        static let adamBeta1: Float = 0.9
        static let adamBeta2: Float = 0.999
        static let rmspropAlpha: Float = 0.99
        static let epsilon: Float = 1e-8
    }

    init(_ options: TrainingOptions, _ parameters: ParameterBlock, _ context: KernelContext) {
        self.options = options
        self.parameters = parameters
        self.context = context
        moments = Self.momentNames(options).map { ($0, AlignedBuffer(count: parameters.floats)) }
        partialSums = Array(repeating: 0, count: sn_sum_of_squares_chunks(parameters.floats))
    }

    private static func momentNames(_ options: TrainingOptions) -> [String] {
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

    /// The norm of all gradients together.
    func norm(of gradients: UnsafeMutableBufferPointer<Float>) -> Double {
        sn_sum_of_squares(context.pointer, gradients.baseAddress, &partialSums, gradients.count)
            .squareRoot()
    }

    /// One update.
    /// - Parameters:
    ///   - scale: multiplies the gradients first, as clipping asks.
    ///   - step: of the run, counted from 1.
    func update(
        _ gradients: UnsafeMutableBufferPointer<Float>, scale: Float, rate: Float, step: Int
    ) {
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
