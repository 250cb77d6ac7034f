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
    private let forward = PackedPanels()
    private let backward = PackedPanels()
    private let lock = Lock()
    /// Of the forward panels.
    private var type = WeightType.f32

    init(_ weight: Parameter, for use: Use) {
        self.weight = weight
        self.use = use
    }

    func pack(_ context: KernelContext, backward packsBackward: Bool, as type: WeightType) {
        self.type = type
        if packsBackward && use == .inference {
            forward.release()
            return
        }
        packForward(context)
        if packsBackward {
            let n = weight.shape[0], k = weight.shape[1]
            backward.pack(weight.values, inner: n, columns: k, strides: (1, k), context)
        }
    }

    private func packForward(_ context: KernelContext) {
        let n = weight.shape[0], k = weight.shape[1]
        forward.pack(weight.values, inner: k, columns: n, strides: (k, 1), as: type, context)
    }

    /// The panels of x·Wᵀ, made now where training left them out. Threads may ask at once.
    func forward(_ context: KernelContext) -> UnsafePointer<sn_panels> {
        lock.withLock {
            if !forward.isPacked { packForward(context) }
            return UnsafePointer(forward.description)
        }
    }

    /// The panels of dy·W, packed with `backward`.
    var backwardPanels: UnsafePointer<sn_panels> { UnsafePointer(backward.description) }
}
