import CKernels

extension Tape {
    /// Tensors of equal rows side by side: the columns of the first, then those of the second, …
    ///
    /// - Returns: [rows, sum of the columns]; of one tensor, the tensor itself.
    public func concatenated(_ tensors: [Tensor]) -> Tensor {
        let rows = tensors[0].rows
        precondition(tensors.allSatisfy { $0.rows == rows }, "tensors of equal rows")
        if tensors.count == 1 { return tensors[0] }
        let output = tensor(rows: rows, columns: tensors.reduce(0) { $0 + $1.columns })
        var column = 0
        for part in tensors {
            concatenate(part, into: output, at: column)
            column += part.columns
        }
        return output
    }

    private func concatenate(_ part: Tensor, into output: Tensor, at column: Int) {
        sn_columns_copy(
            context.pointer, output.values + column, output.columns, part.values, part.columns,
            part.rows, part.columns)
        record { [context] in
            sn_columns_add(
                context.pointer, part.gradient, part.columns, output.gradient! + column,
                output.columns, part.rows, part.columns)
        }
    }
}
