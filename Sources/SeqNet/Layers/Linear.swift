import CKernels

/// y = x·Wᵀ + b, with W [outputSize, inputSize] and b [outputSize], each uniform in
/// ±1/√inputSize at first, as in PyTorch. The bias may be left out.
public final class Linear: Sendable {
    public let weight: Parameter
    public let bias: Parameter?
    private let packed: PackedMatrix

    public init(
        inputSize: Int, outputSize: Int, hasBias: Bool = true, prefix: String = "",
        in block: ParameterBlock
    ) {
        let initial = Initializer.uniform(bound: 1 / Float(inputSize).squareRoot())
        weight = block.add("\(prefix)weight", [outputSize, inputSize], initial)
        bias = hasBias ? block.add("\(prefix)bias", [outputSize], initial) : nil
        packed = PackedMatrix(weight, for: .trainingAndInference)
        block.register(packed)
    }

    /// - Parameter input: [rows, inputSize].
    /// - Returns: [rows, outputSize].
    public func callAsFunction(_ input: Tensor, _ tape: Tape) -> Tensor {
        let n = weight.shape[0], k = weight.shape[1], rows = input.rows
        precondition(input.columns == k, "shape of the input")
        let output = tape.tensor(rows: rows, columns: n)
        let x = sn_rows(base: input.values, stride: k, table: nil)
        sn_gemm_packed(
            tape.context.pointer, output.values, n, x, packed.forward(tape.context), bias?.values,
            false, rows)
        tape.record(input) { [self] in
            let dy = sn_rows(base: output.gradient, stride: n, table: nil)
            let dx = input.gradientTarget()!
            sn_gemm_packed(
                tape.context.pointer, dx.values, k, dy, packed.backwardPanels, nil, !dx.isEmpty,
                rows)
        } weights: { [self] rows in
            weightGradients(x, output.gradient!, rows, tape)
        }
        return output
    }

    private func weightGradients(
        _ x: sn_rows, _ dy: UnsafeMutablePointer<Float>, _ rows: Int, _ tape: Tape
    ) {
        let n = weight.shape[0], k = weight.shape[1], context = tape.context.pointer
        let workspace = tape.workspace.floats(sn_gemm_tn_floats(context, k, rows))
        sn_gemm_tn(context, tape.gradient(of: weight), k, dy, n, x, workspace, n, k, rows)
        guard let bias else { return }
        let sums = sn_rows(base: dy, stride: n, table: nil)
        sn_sum_rows(context, tape.gradient(of: bias), sums, rows, n)
    }
}
