/// Finds the likeliest tokens of a distribution, by their number or by their probability,
/// without sorting it. Its memory is reused.
///
/// Weights are first sorted into bins by their leading bits. All bins above the one in which
/// the cut lies are kept, all below are not; within it, quickselect finds the cut.
struct LikeliestTokens {
    private struct Entry {
        let id: Int32
        let weight: Float

        /// Whether this token is likelier; of equally likely ones the first by id.
        func ranksAbove(_ other: Entry) -> Bool {
            weight > other.weight || (weight == other.weight && id < other.id)
        }
    }

    /// Bits of a weight below those that number its bin: four bins for each power of two.
    private static let binShift: UInt32 = 21
    /// Bins of the weights from 0 to 1.
    private static let binCount = Int(Float(1).bitPattern >> binShift) + 1

    private var bins = [Double](repeating: 0, count: binCount)
    private var entries: [Entry] = []

    /// Makes all weights 0 but the `count` greatest. Of equal ones the first are kept.
    /// - Parameter weights: in 0 … 1.
    mutating func keep(count: Int, of weights: UnsafeMutableBufferPointer<Float>) {
        keep(reaching: Double(count), of: weights) { $0 > 0 ? 1 : 0 }
    }

    /// Makes all weights 0 but the greatest that sum to `target`, as few as reach it. Of equal
    /// ones the first are kept.
    /// - Parameter weights: in 0 … 1.
    mutating func keep(weight target: Double, of weights: UnsafeMutableBufferPointer<Float>) {
        keep(reaching: target, of: weights) { Double($0) }
    }

    private mutating func keep(
        reaching target: Double, of weights: UnsafeMutableBufferPointer<Float>,
        _ measure: (Float) -> Double
    ) {
        for bin in bins.indices { bins[bin] = 0 }
        for weight in weights { bins[Self.bin(weight)] += measure(weight) }
        var above = 0.0
        // Where rounding, or a count beyond the number of tokens, leaves no cut, all are kept.
        guard
            let bin = bins.indices.last(where: { bin in
                if above + bins[bin] >= target { return true }
                above += bins[bin]
                return false
            })
        else { return }
        entries.removeAll(keepingCapacity: true)
        for (id, weight) in weights.enumerated() where Self.bin(weight) == bin {
            entries.append(Entry(id: Int32(id), weight: weight))
        }
        let last = entries.withUnsafeMutableBufferPointer {
            Self.cut($0, reaching: target - above, measure)
        }
        for (id, weight) in weights.enumerated()
        where weight < last.weight || (weight == last.weight && id > last.id) {
            weights[id] = 0
        }
    }

    private static func bin(_ weight: Float) -> Int { Int(weight.bitPattern >> binShift) }

    /// The last by rank of the highest entries that reach `target`.
    ///
    /// Quickselect (Hoare 1961), by a measure in place of the number of entries. At any time
    /// those before `low` belong to them and rank above all others; those from `high` on do not.
    private static func cut(
        _ entries: UnsafeMutableBufferPointer<Entry>, reaching target: Double,
        _ measure: (Float) -> Double
    ) -> Entry {
        var low = 0, high = entries.count
        var missing = target
        while low < high && (missing > 0 || low == 0) {
            let pivot = partition(entries, low..<high)
            var above = 0.0
            for index in low..<pivot { above += measure(entries[index].weight) }
            if pivot > low && above >= missing {
                high = pivot
            } else {
                missing -= above + measure(entries[pivot].weight)
                low = pivot + 1
            }
        }
        return entries[low - 1]
    }

    /// Moves what ranks above some entry before it, and the rest behind.
    /// - Returns: the place of that entry.
    private static func partition(
        _ entries: UnsafeMutableBufferPointer<Entry>, _ range: Range<Int>
    ) -> Int {
        let first = range.lowerBound
        entries.swapAt(first, median(entries, first, (first + range.upperBound) / 2, range.upperBound - 1))
        let pivot = entries[first]
        var boundary = first
        for index in first + 1..<range.upperBound where entries[index].ranksAbove(pivot) {
            boundary += 1
            entries.swapAt(index, boundary)
        }
        entries.swapAt(first, boundary)
        return boundary
    }

    /// The place of the middle one of three entries.
    private static func median(
        _ entries: UnsafeMutableBufferPointer<Entry>, _ a: Int, _ b: Int, _ c: Int
    ) -> Int {
        let aFirst = entries[a].ranksAbove(entries[b])
        let bFirst = entries[b].ranksAbove(entries[c])
        if aFirst == bFirst { return b }
        return entries[a].ranksAbove(entries[c]) == aFirst ? c : a
    }
}
