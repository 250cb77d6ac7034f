import CKernels

extension Tape {
    /// Rows of a tensor by their number, in the order named. A row may be named several times: its
    /// gradients add.
    ///
    /// - Parameter rows: numbers in 0 ..< tensor.rows.
    /// - Returns: [rows, tensor.columns].
    public func gathered(_ tensor: Tensor, rows: [Int32]) -> Tensor {
        precondition(rows.allSatisfy { $0 >= 0 && $0 < tensor.rows }, "rows of the tensor")
        let output = self.tensor(rows: rows.count, columns: tensor.columns)
        sn_embedding_forward(
            context.pointer, output.values, tensor.values, rows, rows.count, tensor.columns)
        record { [context] in
            sn_embedding_backward(
                context.pointer, tensor.gradient, output.gradient, rows, rows.count, tensor.columns)
        }
        return output
    }
}
