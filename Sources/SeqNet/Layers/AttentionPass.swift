/// What attention gives for each query row.
public struct AttentionPass {
    /// [rows, memorySize]: the mean of the source's states by the weights.
    public let context: Tensor
    private let weights: UnsafePointer<Float>
    private let layout: AttentionLayout

    init(context: Tensor, weights: UnsafePointer<Float>, layout: AttentionLayout) {
        self.context = context
        self.weights = weights
        self.layout = layout
    }

    /// How much a query row looks at each step of its source: the alignment. They sum to 1; valid
    /// until the tape is reset.
    public func weights(of row: Int) -> UnsafeBufferPointer<Float> {
        let range = layout.weights(of: row)
        return UnsafeBufferPointer(start: weights + range.lowerBound, count: range.count)
    }
}
