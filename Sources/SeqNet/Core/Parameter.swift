/// A named weight or bias of a model: a view into its parameter block.
public struct Parameter: Sendable {
    /// As in the model file, such as `rnn.weight_hh_l0`.
    public let name: String
    /// Row-major; a bias has one dimension.
    public let shape: [Int]
    public let initializer: Initializer
    /// Its place among the block's parameters, and the floats before it.
    let index, offset: Int
    let block: ParameterBlock

    public var count: Int { shape.reduce(1, *) }

    /// The values, `shape` row-major.
    public var values: UnsafeMutablePointer<Float> { block.values + offset }

    /// The values as a buffer.
    public var buffer: UnsafeMutableBufferPointer<Float> { .init(start: values, count: count) }
}
