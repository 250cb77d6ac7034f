import CKernels

/// Where the gradient of a tensor or a parameter is summed: every operation that read it adds its
/// part.
///
/// The memory is arbitrary until the first part arrives. An operation that writes all of it then
/// saves clearing the memory and reading it again.
final class GradientMemory {
    private let values: UnsafeMutablePointer<Float>
    let count: Int
    /// Whether nothing has been added.
    private(set) var isEmpty: Bool
    private let context: KernelContext

    /// Where an operation that adds to all of a gradient leaves its part: it writes it when the
    /// gradient is empty, whose values are arbitrary then, and adds it otherwise.
    struct Target {
        let values: UnsafeMutablePointer<Float>
        let isEmpty: Bool
    }

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

    /// For an operation that leaves a part of all of it now.
    func target() -> Target {
        defer { isEmpty = false }
        return Target(values: values, isEmpty: isEmpty)
    }

    /// Forgets the sum.
    func clear() { isEmpty = true }
}
