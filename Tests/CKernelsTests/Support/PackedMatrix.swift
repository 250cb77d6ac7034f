import CKernels
import Testing

/// Panels packed from the weights of a product, with the memory that they point to.
final class PackedMatrix {
    private let memory: AlignedFloats
    private var panels: sn_panels

    /// - Parameters:
    ///   - weights: gate after gate, `columns` source rows of each.
    ///   - gateRows: which block of source rows each gate of the panels is.
    ///   - transposed: the weights are [inner, columns] of one gate, else
    ///     [gates·columns, inner].
    init(
        _ context: UnsafePointer<sn_context>, weights: [Float], inner: Int, columns: Int,
        gateRows: [Int] = [0], transposed: Bool = false, element: sn_element = SN_F32
    ) {
        panels = sn_panels_make(context, inner, columns, gateRows.count, element)
        memory = AlignedFloats(count: sn_panels_floats(context, &panels))
        sn_panels_pack(
            context, memory.pointer, &panels, weights, gateRows, transposed ? 1 : inner,
            transposed ? columns : 1)
        panels.data = UnsafeRawPointer(memory.pointer)
    }

    /// The panels' floats, whose order is the instruction set's own.
    var values: [Float] { memory.values }

    func withPanels<Result>(_ body: (UnsafePointer<sn_panels>) -> Result) -> Result {
        withExtendedLifetime(memory) { body(&panels) }
    }
}
