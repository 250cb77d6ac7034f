import CKernels

/// Where the gradient of a tensor is summed: every operation that read the tensor adds its part.
///
/// The memory is arbitrary until the first part arrives. An operation that writes all of it then
/// spares zeros, and reading them again, to an operation that would add to them.
final class GradientMemory {
    private let values: UnsafeMutablePointer<Float>
    let count: Int
    /// Whether nothing has been added.
    private(set) var isEmpty: Bool
    private let context: KernelContext

    /// - Parameter holdsSum: whether a sum, such as zeros, is there already.
    init(
        _ values: UnsafeMutablePointer<Float>, count: Int, holdsSum: Bool = false,
        _ context: KernelContext
    ) {
        self.values = values
        self.count = count
        isEmpty = !holdsSum
        self.context = context
    }

    /// The sum so far, to be read or added to; zeros when it is empty.
    var sum: UnsafeMutablePointer<Float> {
        if isEmpty {
            sn_fill(context.pointer, values, 0, count)
            isEmpty = false
        }
        return values
    }

    /// The memory for an operation that adds to all of it, and that writes it instead when it is
    /// empty: arbitrary values are there then.
    func toGather() -> (values: UnsafeMutablePointer<Float>, isEmpty: Bool) {
        defer { isEmpty = false }
        return (values, isEmpty)
    }
}
