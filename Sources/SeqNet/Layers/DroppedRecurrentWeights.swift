import CKernels

/// Recurrent dropout of one direction of a layer: DropConnect on its hidden weight (Wan et al. 2013;
/// Merity et al. 2018, "Regularizing and Optimizing LSTM Language Models").
///
/// In an update each weight of `weight_hh` is zero with probability `rate`, and else divided by
/// 1 - rate, for all steps and sequences alike. The kernels read a packed copy and need not know.
final class DroppedRecurrentWeights {
    /// What the kernels read.
    let packed: PackedRecurrentWeights
    /// Whether the weights that are left out are drawn, and the rest is packed.
    private(set) var isDrawn = false

    private let weight: Parameter
    private let rate: Float
    private var draws: (seed: UInt64, stream: UInt64) = (0, 0)
    private let kept: AlignedBuffer
    private let gathered: AlignedBuffer

    init(_ weights: RecurrentWeights, rate: Float) {
        packed = weights.packed.unpackedCopy()
        weight = weights.hidden
        self.rate = rate
        kept = AlignedBuffer(count: weight.count)
        gathered = AlignedBuffer(count: weight.count)
    }

    /// The gradient by the weights as the kernels read them, shaped as `weight_hh`.
    var gradient: UnsafeMutablePointer<Float> { gathered.floats }

    /// Leaves out what the stream says, and empties the gradient.
    func draw(seed: UInt64, stream: UInt64, _ context: KernelContext) {
        draws = (seed, stream)
        sn_dropout_forward(
            context.pointer, kept.floats, weight.values, rate, seed, stream, weight.count)
        packed.pack(context, backward: true, hiddenWeight: kept.floats)
        sn_fill(context.pointer, gathered.floats, 0, weight.count)
        isDrawn = true
    }

    /// Ends the pass for which the weights were drawn.
    func forget() { isDrawn = false }

    /// Adds the gradient to that of the weights themselves: nothing where one was left out.
    func addGradient(to gradient: UnsafeMutablePointer<Float>, _ context: KernelContext) {
        sn_dropout_backward(
            context.pointer, gradient, gathered.floats, rate, draws.seed, draws.stream, weight.count)
    }
}
