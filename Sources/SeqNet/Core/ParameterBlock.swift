import CKernels

/// All parameters of a model in one aligned block, so that clipping, an optimiser's step and
/// a copy are one pass over memory.
///
/// Layers add their parameters while a model is built; the first use of `values` closes the
/// block. A block that is only read may be shared by any number of threads.
public final class ParameterBlock: @unchecked Sendable {
    public private(set) var shapes: [(name: String, shape: [Int])] = []
    private var initializers: [Initializer] = []
    private var offsets: [Int] = []
    private var operands: [any PackedOperand] = []
    private var memory: AlignedBuffer?

    /// Floats of the block, padding between parameters included. Padding stays zero.
    public private(set) var floats = 0

    public init() {}

    /// Adds a parameter at the end of the block.
    public func add(_ name: String, _ shape: [Int], _ initializer: Initializer) -> Parameter {
        precondition(memory == nil, "'\(name)': the block is closed; build the model first")
        precondition(!shapes.contains { $0.name == name }, "'\(name)' is there already")
        shapes.append((name, shape))
        initializers.append(initializer)
        offsets.append(floats)
        floats += AlignedBuffer.padded(shape.reduce(1, *))
        return parameter(shapes.count - 1)
    }

    /// The parameters in the order in which they were added.
    public var parameters: [Parameter] { shapes.indices.map(parameter) }

    func parameter(_ index: Int) -> Parameter {
        Parameter(
            name: shapes[index].name, shape: shapes[index].shape,
            initializer: initializers[index], index: index, offset: offsets[index],
            block: self)
    }

    /// The number of parameters (single weights), without padding.
    public var count: Int { shapes.reduce(0) { $0 + $1.shape.reduce(1, *) } }

    /// The whole block.
    var values: UnsafeMutablePointer<Float> {
        if let memory { return memory.floats }
        let memory = AlignedBuffer(count: floats)
        self.memory = memory
        return memory.floats
    }

    /// Fills every parameter from its initialiser, parameter number n from stream n.
    public func initialize(seed: UInt64, _ context: KernelContext) {
        for (index, parameter) in parameters.enumerated() {
            switch parameter.initializer {
            case .zeros:
                parameter.values.update(repeating: 0, count: parameter.count)
            case .uniform(let bound):
                sn_random_uniform(
                    context.pointer, parameter.values, -bound, bound, seed,
                    RandomStream.initialization(parameter: index), parameter.count)
            }
        }
    }

    func register(_ operand: any PackedOperand) { operands.append(operand) }

    /// Rounds every matrix of the block to what `type` keeps, so that whatever reads the weights,
    /// packed or as they lie, has the same ones. Call it before `pack(_:backward:as:)`.
    public func roundMatrices(to type: WeightType) {
        guard type == .bf16 else { return }
        for matrix in parameters where matrix.shape.count == 2 {
            sn_round_bf16(matrix.values, matrix.values, matrix.count)
        }
    }

    /// Packs the weights for the kernels. Call it after any change of the values; `backward`
    /// packs what gradients need too.
    ///
    /// - Precondition: gradients need `.f32`.
    public func pack(_ context: KernelContext, backward: Bool, as type: WeightType = .f32) {
        precondition(!backward || type == .f32, "only inference takes weights in \(type)")
        for operand in operands { operand.pack(context, backward: backward, as: type) }
    }
}
