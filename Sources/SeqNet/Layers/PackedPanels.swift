import CKernels

/// Panels of one matrix, and their memory.
final class PackedPanels {
    let description: UnsafeMutablePointer<sn_panels>
    private var memory = AlignedBuffer(count: 0)

    init() {
        description = .allocate(capacity: 1)
        description.initialize(to: sn_panels())
    }

    deinit { description.deallocate() }

    var isPacked: Bool { description.pointee.data != nil }

    /// Packs a matrix [inner, columns]. `strides` of `values`: from column to column, from k to k.
    func pack(
        _ values: UnsafePointer<Float>, inner: Int, columns: Int, strides: (Int, Int),
        as type: WeightType = .f32, _ context: KernelContext
    ) {
        description.pointee = sn_panels_make(context.pointer, inner, columns, 1, type.kernel)
        let floats = sn_panels_floats(context.pointer, description)
        if memory.count != floats { memory = AlignedBuffer(count: floats) }
        var gateRow = 0
        sn_panels_pack(
            context.pointer, memory.floats, description, values, &gateRow, strides.0, strides.1)
        description.pointee.data = UnsafeRawPointer(memory.floats)
    }

    func release() {
        description.pointee.data = nil
        memory = AlignedBuffer(count: 0)
    }
}
