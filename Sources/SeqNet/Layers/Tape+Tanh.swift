import CKernels

extension Tape {
    /// The hyperbolic tangent of each value, within 3.5 ULP.
    ///
    /// - Returns: a tensor of the input's shape.
    public func tanh(_ input: Tensor) -> Tensor {
        let output = tensor(rows: input.rows, columns: input.columns)
        sn_tanh_u35(context.pointer, output.values, input.values, input.count)
        record { [context] in
            sn_tanh_backward(
                context.pointer, input.gradient, output.gradient, output.values, input.count)
        }
        return output
    }
}
