import CKernels

/// A weight [N, K] as the products x·Wᵀ and, for gradients, dy·W read it.
final class PackedMatrix: PackedOperand, @unchecked Sendable {
    /// What reads the panels.
    enum Use {
        /// Only predictions: training reads the weight as it lies, and its panels are made when
        /// a prediction is asked for meanwhile.
        case inference
        case trainingAndInference
    }

    private let weight: Parameter
    private let use: Use
    private let forward = Panels()
    private let backward = Panels()

    init(_ weight: Parameter, for use: Use) {
        self.weight = weight
        self.use = use
    }

    func pack(_ context: KernelContext, backward packsBackward: Bool) {
        if packsBackward && use == .inference {
            forward.release()
            return
        }
        packForward(context)
        if packsBackward {
            let n = weight.shape[0], k = weight.shape[1]
            backward.pack(weight, inner: n, columns: k, strides: (1, k), context)
        }
    }

    private func packForward(_ context: KernelContext) {
        let n = weight.shape[0], k = weight.shape[1]
        forward.pack(weight, inner: k, columns: n, strides: (k, 1), context)
    }

    /// The panels of x·Wᵀ. Those of a loaded model are there already, so that threads may share
    /// them; a model in training belongs to one thread.
    func forward(_ context: KernelContext) -> UnsafePointer<sn_panels> {
        if !forward.isPacked { packForward(context) }
        return UnsafePointer(forward.description)
    }

    /// The panels of dy·W, packed with `backward`.
    var backwardPanels: UnsafePointer<sn_panels> { UnsafePointer(backward.description) }

    /// Panels and their memory.
    private final class Panels {
        let description: UnsafeMutablePointer<sn_panels>
        private var memory = AlignedBuffer(count: 0)

        init() {
            description = .allocate(capacity: 1)
            description.initialize(to: sn_panels())
        }

        deinit { description.deallocate() }

        var isPacked: Bool { description.pointee.data != nil }

        /// Strides of the weight: from column to column, from k to k.
        func pack(
            _ weight: Parameter, inner: Int, columns: Int, strides: (Int, Int),
            _ context: KernelContext
        ) {
            description.pointee = sn_panels_make(context.pointer, inner, columns, 1)
            let floats = sn_panels_floats(context.pointer, description)
            if memory.count != floats { memory = AlignedBuffer(count: floats) }
            var gateRow = 0
            sn_panels_pack(
                context.pointer, memory.floats, description, weight.values, &gateRow, strides.0,
                strides.1)
            description.pointee.data = UnsafePointer(memory.floats)
        }

        func release() {
            description.pointee.data = nil
            memory = AlignedBuffer(count: 0)
        }
    }
}
