import CKernels

/// How packed weights are kept. Sums and everything else are float32 either way.
public enum WeightType: String, CaseIterable, Sendable {
    case f32
    /// The upper half of a float32, rounded to the nearest, ties to even: half the memory and half
    /// the bytes to read a step, for inference alone. Results are those of the rounded weights;
    /// see `ParameterBlock.roundMatrices(to:)`.
    case bf16

    var kernel: sn_element { self == .bf16 ? SN_BF16 : SN_F32 }

    /// Bytes of a weight.
    var size: Int { self == .bf16 ? 2 : 4 }
}
