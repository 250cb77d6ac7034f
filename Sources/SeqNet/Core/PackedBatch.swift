import CKernels

/// The layout of a packed time-major batch of ragged sequences, for one direction of time.
///
/// Sequences are sorted by length, longest first. Step t holds one row for each sequence that
/// is still active, rows of all steps lie one after another, and nothing is padded:
/// row `firstRow(of: t) + b` belongs to step t of sequence b.
public final class PackedBatch: @unchecked Sendable {
    /// Lengths of the sequences, non-increasing, each at least 1.
    public let lengths: [Int]
    /// Rows at which a new text begins within a sequence: no state passes between them and the
    /// rows a step earlier.
    public let resets: [Int]
    public let isReversed: Bool

    public var sequences: Int { lengths.count }
    public var steps: Int { lengths[0] }
    public let rows: Int

    private let firstRows: UnsafeMutablePointer<UInt32>
    private let endRows: UnsafeMutablePointer<UInt32>
    private let previous: UnsafeMutablePointer<Int32>
    private let next: UnsafeMutablePointer<Int32>
    let pointer: UnsafeMutablePointer<sn_batch>
    private let lock = Lock()
    private var madeOpposite: PackedBatch?

    /// - Parameters:
    ///   - lengths: non-increasing and positive, at least one.
    ///   - resets: rows (see above) before which the state is zero, none of them in step 0.
    ///   - reversed: the direction that runs from the last step to the first.
    public init(lengths: [Int], resets: [Int] = [], reversed: Bool = false) {
        precondition(!lengths.isEmpty && lengths.last! >= 1, "every sequence has at least one step")
        precondition(zip(lengths, lengths.dropFirst()).allSatisfy { $0 >= $1 }, "sort by length")
        self.lengths = lengths
        self.resets = resets
        isReversed = reversed
        rows = lengths.reduce(0, +)
        let steps = lengths[0]
        firstRows = .allocate(capacity: steps + 1)
        endRows = .allocate(capacity: lengths.count)
        previous = .allocate(capacity: rows)
        next = .allocate(capacity: rows)
        pointer = .allocate(capacity: 1)
        layOut()
        pointer.initialize(
            to: sn_batch(
                steps: steps, sequences: lengths.count, rows: rows, first_row: firstRows,
                end_row: endRows, previous: previous, next: next, reversed: reversed))
    }

    /// `sequences` sequences of `steps` steps each.
    public convenience init(sequences: Int, steps: Int, reversed: Bool = false) {
        self.init(lengths: Array(repeating: steps, count: sequences), reversed: reversed)
    }

    deinit {
        firstRows.deallocate()
        endRows.deallocate()
        previous.deallocate()
        next.deallocate()
        pointer.deallocate()
    }

    /// The first row of step `step`.
    public func firstRow(of step: Int) -> Int { Int(firstRows[step]) }

    /// The same batch for the other direction of time; made once.
    public var opposite: PackedBatch {
        lock.withLock {
            if let madeOpposite { return madeOpposite }
            let made = PackedBatch(lengths: lengths, resets: resets, reversed: !isReversed)
            madeOpposite = made
            return made
        }
    }

    private func layOut() {
        let end = Int32(SN_STATE_END), reset = Int32(SN_STATE_RESET)
        let before = isReversed ? next : previous, after = isReversed ? previous : next
        var active = lengths.count
        firstRows[0] = 0
        for t in 0..<steps {
            while lengths[active - 1] <= t { active -= 1 }
            let first = Int(firstRows[t])
            firstRows[t + 1] = UInt32(first + active)
            for b in 0..<active {
                before[first + b] = t == 0 ? end : Int32(Int(firstRows[t - 1]) + b)
                if lengths[b] == t + 1 {
                    after[first + b] = end
                    endRows[b] = UInt32(first + b)
                } else {
                    after[first + b] = Int32(first + active + b)
                }
            }
        }
        for row in resets {
            precondition(row >= lengths.count && row < rows, "a reset lies after the first step")
            let earlier = Int(before[row])
            before[row] = reset
            after[earlier] = reset
        }
    }
}
