import CKernels

/// A packed batch made from sequence lengths; owns the arrays that its `sn_batch` points to.
///
/// Rows are time-major with only the active sequences, as `PackedSequence.data` of PyTorch.
final class PackedLayout {
    /// A row named by its sequence and its time step.
    struct Position: Hashable {
        var sequence: Int
        var step: Int
    }

    let lengths: [Int]
    let reversed: Bool
    let resets: Set<Position>
    let rows: Int

    private let firstRow: UnsafeMutableBufferPointer<UInt32>
    private let endRow: UnsafeMutableBufferPointer<UInt32>
    private let previous: UnsafeMutableBufferPointer<Int32>
    private let next: UnsafeMutableBufferPointer<Int32>

    var sequences: Int { lengths.count }
    var steps: Int { lengths[0] }

    /// - Parameters:
    ///   - lengths: longest first, each at least 1.
    ///   - reversed: whether the direction runs from the greatest step to 0.
    ///   - resets: the rows that start from a zero state in this direction.
    init(lengths: [Int], reversed: Bool = false, resets: Set<Position> = []) {
        precondition(!lengths.isEmpty && lengths.allSatisfy { $0 > 0 })
        precondition(lengths == lengths.sorted(by: >), "lengths must be sorted, longest first")
        precondition(resets.allSatisfy { $0.step < lengths[$0.sequence] })
        self.lengths = lengths
        self.reversed = reversed
        self.resets = resets
        rows = lengths.reduce(0, +)
        firstRow = .allocate(capacity: lengths[0] + 1)
        endRow = .allocate(capacity: lengths.count)
        previous = .allocate(capacity: rows)
        next = .allocate(capacity: rows)
        fill()
    }

    deinit {
        firstRow.deallocate()
        endRow.deallocate()
        previous.deallocate()
        next.deallocate()
    }

    private func fill() {
        firstRow[0] = 0
        for step in 0..<steps {
            firstRow[step + 1] = firstRow[step] + UInt32(lengths.count { $0 > step })
        }
        for sequence in 0..<sequences {
            endRow[sequence] = UInt32(row(sequence, lengths[sequence] - 1))
            for step in 0..<lengths[sequence] {
                let index = row(sequence, step)
                previous[index] = neighbour(sequence, step, by: reversed ? 1 : -1)
                next[index] = neighbour(sequence, step, by: reversed ? -1 : 1)
                if resets.contains(Position(sequence: sequence, step: step)) {
                    previous[index] = Int32(SN_STATE_RESET)
                }
            }
        }
    }

    /// The row `offset` steps away, or what stands there in its stead.
    private func neighbour(_ sequence: Int, _ step: Int, by offset: Int) -> Int32 {
        let other = step + offset
        guard (0..<lengths[sequence]).contains(other) else { return Int32(SN_STATE_END) }
        let isAfter = offset == (reversed ? -1 : 1)
        if isAfter && resets.contains(Position(sequence: sequence, step: other)) {
            return Int32(SN_STATE_RESET)
        }
        return Int32(row(sequence, other))
    }

    /// The packed row of a sequence's step.
    func row(_ sequence: Int, _ step: Int) -> Int {
        Int(firstRow[step]) + sequence
    }

    /// The first row of each step, and the number of rows.
    var firstRows: [Int] { firstRow.map(Int.init) }
    var endRows: [Int] { endRow.map(Int.init) }
    var previousRows: [Int] { previous.map(Int.init) }
    var nextRows: [Int] { next.map(Int.init) }

    /// Calls `body` with the batch, whose pointers are valid during the call.
    func withBatch<Result>(_ body: (UnsafePointer<sn_batch>) -> Result) -> Result {
        var batch = sn_batch(
            steps: steps, sequences: sequences, rows: rows,
            first_row: UnsafePointer(firstRow.baseAddress),
            end_row: UnsafePointer(endRow.baseAddress),
            previous: UnsafePointer(previous.baseAddress), next: UnsafePointer(next.baseAddress),
            reversed: reversed)
        return withExtendedLifetime(self) { body(&batch) }
    }
}

extension PackedLayout: CustomStringConvertible {
    var description: String {
        "lengths \(lengths)\(reversed ? " reversed" : "")\(resets.isEmpty ? "" : " with resets")"
    }
}
