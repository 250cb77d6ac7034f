import CKernels

/// A weight [N, K] as the products x·Wᵀ and, for gradients, dy·W read it.
final class PackedMatrix: PackedOperand, @unchecked Sendable {
    let forward: UnsafeMutablePointer<sn_panels>
    let backward: UnsafeMutablePointer<sn_panels>
    private let weight: Parameter
    /// Whether dy·W is ever computed from panels.
    private let needsBackward: Bool
    private var forwardMemory = AlignedBuffer(count: 0)
    private var backwardMemory = AlignedBuffer(count: 0)

    init(_ weight: Parameter, needsBackward: Bool) {
        self.weight = weight
        self.needsBackward = needsBackward
        forward = .allocate(capacity: 1)
        backward = .allocate(capacity: 1)
        forward.initialize(to: sn_panels())
        backward.initialize(to: sn_panels())
    }

    deinit {
        forward.deallocate()
        backward.deallocate()
    }

    func pack(_ context: KernelContext, backward packsBackward: Bool) {
        let n = weight.shape[0], k = weight.shape[1]
        pack(context, forward, &forwardMemory, sn_panels_make(context.pointer, k, n, 1), k, 1)
        if packsBackward && needsBackward {
            pack(context, backward, &backwardMemory, sn_panels_make(context.pointer, n, k, 1), 1, k)
        }
    }

    private func pack(
        _ context: KernelContext, _ panels: UnsafeMutablePointer<sn_panels>,
        _ memory: inout AlignedBuffer, _ description: sn_panels, _ nStride: Int, _ kStride: Int
    ) {
        panels.pointee = description
        let floats = sn_panels_floats(context.pointer, panels)
        if memory.count != floats { memory = AlignedBuffer(count: floats) }
        var gateRow = 0
        sn_panels_pack(
            context.pointer, memory.floats, panels, weight.values, &gateRow, nStride, kStride)
        panels.pointee.data = UnsafePointer(memory.floats)
    }
}
