/// A matrix of floats on a tape: `rows` of `columns`, row-major.
///
/// A tensor is a view; its memory belongs to the tape that made it and is valid until that
/// tape is reset.
public struct Tensor {
    public let rows: Int
    public let columns: Int
    /// [rows, columns].
    public let values: UnsafeMutablePointer<Float>
    /// The loss's gradient by this tensor, [rows, columns]; nil when nothing is recorded.
    public let gradient: UnsafeMutablePointer<Float>?

    public var count: Int { rows * columns }

    /// A copy of the values, row by row.
    public var array: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

    /// The rows of `range` as a tensor of their own, in the same memory.
    public func rows(_ range: Range<Int>) -> Tensor {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        let offset = range.lowerBound * columns
        return Tensor(
            rows: range.count, columns: columns, values: values + offset,
            gradient: gradient.map { $0 + offset })
    }
}
