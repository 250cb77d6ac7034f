import CKernels

extension Tape {
    /// The squared error of predictions of real values, summed over each row.
    ///
    /// When recording, the gradient of the sum of all, divided by `count`, is left at once.
    /// - Parameters:
    ///   - targets: as many as the predictions, row by row.
    ///   - count: what the gradient is divided by; the number of values makes it that of the mean.
    public func squaredError(of predictions: Tensor, targets: [Float], count: Float) -> Loss {
        precondition(targets.count == predictions.count, "a target for each value")
        let losses = workspace.floats(predictions.rows)
        sn_squared_error(
            context.pointer, losses, predictions.gradient, predictions.values, targets, 1 / count,
            predictions.rows, predictions.columns)
        return Loss(rows: UnsafeBufferPointer(start: losses, count: predictions.rows))
    }
}
