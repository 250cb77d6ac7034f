import CKernels

/// The weights of a recurrent layer as its kernels read them.
final class PackedRecurrentWeights: PackedOperand, @unchecked Sendable {
    let panels: UnsafeMutablePointer<sn_recurrent_panels>
    private let cell: Cell
    private let inputWeight: Parameter
    private let hiddenWeight: Parameter
    private let inputBias: Parameter
    private let hiddenBias: Parameter
    private let inputSize: Int
    private let hiddenSize: Int
    private var memory = AlignedBuffer(count: 0)
    private var instructionSet = ""

    init(
        _ cell: Cell, _ inputWeight: Parameter, _ hiddenWeight: Parameter, _ inputBias: Parameter,
        _ hiddenBias: Parameter, _ inputSize: Int, _ hiddenSize: Int
    ) {
        self.cell = cell
        self.inputWeight = inputWeight
        self.hiddenWeight = hiddenWeight
        self.inputBias = inputBias
        self.hiddenBias = hiddenBias
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        panels = .allocate(capacity: 1)
        panels.initialize(to: sn_recurrent_panels())
    }

    deinit { panels.deallocate() }

    /// Whether they are packed for kernels of this instruction set.
    func isPacked(for context: KernelContext) -> Bool {
        panels.pointee.bias != nil && instructionSet == context.instructionSet
    }

    /// The same weights, to be packed by themselves.
    func unpackedCopy() -> PackedRecurrentWeights {
        PackedRecurrentWeights(
            cell, inputWeight, hiddenWeight, inputBias, hiddenBias, inputSize, hiddenSize)
    }

    func pack(_ context: KernelContext, backward: Bool, as type: WeightType) {
        pack(context, backward: backward, as: type, hiddenWeight: hiddenWeight.values)
    }

    /// Packs the weights with another hidden one, shaped as theirs.
    func pack(
        _ context: KernelContext, backward: Bool, as type: WeightType = .f32,
        hiddenWeight: UnsafePointer<Float>
    ) {
        let floats = sn_recurrent_pack_floats(
            context.pointer, cell.kernel, inputSize, hiddenSize, type.kernel, backward)
        instructionSet = context.instructionSet
        if memory.count != floats { memory = AlignedBuffer(count: floats) }
        sn_recurrent_pack(
            context.pointer, panels, memory.floats, inputWeight.values, hiddenWeight,
            inputBias.values, hiddenBias.values, cell.kernel, inputSize, hiddenSize, type.kernel,
            backward)
    }
}
