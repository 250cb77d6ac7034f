/// What pooling makes of a batch.
public struct PooledSequences {
    /// [sequences, inputSize].
    public let output: Tensor
    /// The share of each row of the batch in its sequence's vector: positive, with the sum 1 over
    /// the steps of a sequence. Nil unless pooling is by attention; valid until the tape is reset.
    public let weights: UnsafeBufferPointer<Float>?

    init(output: Tensor, weights: UnsafeBufferPointer<Float>? = nil) {
        self.output = output
        self.weights = weights
    }
}
