/// A matrix of floats on a tape: `rows` of `columns`, row-major.
///
/// A tensor is a view; its memory belongs to the tape that made it and is valid until that
/// tape is reset.
public struct Tensor {
    public let rows: Int
    public let columns: Int
    /// [rows, columns].
    public let values: UnsafeMutablePointer<Float>

    /// Nil when nothing is recorded.
    private let memory: GradientMemory?
    /// Floats of the memory before those of this view.
    private let offset: Int

    init(
        rows: Int, columns: Int, values: UnsafeMutablePointer<Float>, gradient: GradientMemory?,
        offset: Int = 0
    ) {
        self.rows = rows
        self.columns = columns
        self.values = values
        memory = gradient
        self.offset = offset
    }

    public var count: Int { rows * columns }

    /// A copy of the values, row by row.
    public var array: [Float] { Array(UnsafeBufferPointer(start: values, count: count)) }

    /// The loss's gradient by this tensor, [rows, columns], to be read or added to; nil when
    /// nothing is recorded.
    public var gradient: UnsafeMutablePointer<Float>? { memory.map { $0.sum + offset } }

    /// Whether its gradient is recorded.
    var hasGradient: Bool { memory != nil }

    /// The gradient when anything has been added to it.
    var heldGradient: UnsafeMutablePointer<Float>? {
        guard let memory, !memory.isEmpty else { return nil }
        return memory.sum + offset
    }

    /// The gradient for an operation that leaves a part of all of it now.
    func gradientTarget() -> GradientMemory.Target? {
        guard let memory else { return nil }
        return count == memory.count
            ? memory.target() : GradientMemory.Target(values: memory.sum + offset, isEmpty: false)
    }

    /// The rows of `range` as a tensor of their own, in the same memory.
    public func rows(_ range: Range<Int>) -> Tensor {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        let first = range.lowerBound * columns
        return Tensor(
            rows: range.count, columns: columns, values: values + first, gradient: memory,
            offset: offset + first)
    }

    /// The tensor of this one's first row and those that lie behind it, `rows` of them.
    func extended(rows: Int) -> Tensor {
        Tensor(rows: rows, columns: columns, values: values, gradient: memory, offset: offset)
    }
}
