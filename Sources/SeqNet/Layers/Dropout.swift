import CKernels

/// Dropout (Srivastava et al. 2014): while training, each value is zero with probability
/// `rate`, and else divided by 1 - rate. Inference leaves the values as they are.
public struct Dropout: Sendable {
    /// 0 ..< 1.
    public let rate: Float

    public init(rate: Float) {
        precondition(rate >= 0 && rate < 1, "a rate in 0 ..< 1")
        self.rate = rate
    }

    /// - Returns: a tensor of the input's shape; the input itself when there is nothing to drop.
    public func callAsFunction(_ input: Tensor, _ tape: Tape) -> Tensor {
        guard tape.isTraining, rate > 0 else { return input }
        let (seed, stream) = tape.nextRandomStream()
        let output = tape.tensor(rows: input.rows, columns: input.columns)
        sn_dropout_forward(
            tape.context.pointer, output.values, input.values, rate, seed, stream, input.count)
        tape.record { [rate] in
            sn_dropout_backward(
                tape.context.pointer, input.gradient, output.gradient, rate, seed, stream,
                input.count)
        }
        return output
    }
}
