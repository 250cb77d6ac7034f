import CKernels
import Testing

/// The packed weights of a layer, with the memory that they point to.
final class RecurrentPanels {
    let context: sn_context
    private let memory: AlignedFloats
    private var panels = sn_recurrent_panels()

    init(
        _ context: sn_context, _ layer: KernelLayer, element: sn_element = SN_F32, backward: Bool
    ) {
        self.context = context
        var context = context
        memory = AlignedFloats(
            count: sn_recurrent_pack_floats(
                &context, layer.cell.kernel, layer.inputSize, layer.hiddenSize, element,
                backward))
        sn_recurrent_pack(
            &context, &panels, memory.pointer, layer.weightIH, layer.weightHH, layer.biasIH,
            layer.biasHH, layer.cell.kernel, layer.inputSize, layer.hiddenSize, element, backward)
    }

    func withPanels<Result>(_ body: (UnsafePointer<sn_recurrent_panels>) -> Result) -> Result {
        withExtendedLifetime(memory) { body(&panels) }
    }
}
