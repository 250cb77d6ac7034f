/// How often each of some labels stands in data.
///
/// ```swift
/// var counts = LabelCounts()
/// for record in records { counts.add(record.label) }
/// print(counts.mostFrequent[0].label, counts.total)
/// ```
public struct LabelCounts: Equatable, Sendable {
    private var counts: [[UInt8]: Int] = [:]
    /// Of all labels together.
    public private(set) var total = 0

    public init() {}

    /// Counts a label once more.
    public mutating func add(_ label: String) {
        counts[Array(label.utf8), default: 0] += 1
        total += 1
    }

    public var isEmpty: Bool { counts.isEmpty }

    /// All of them, the most frequent first; of equally frequent ones the first by their bytes.
    public var mostFrequent: [(label: String, count: Int)] {
        counts.sorted { left, right in
            left.value == right.value
                ? left.key.lexicographicallyPrecedes(right.key) : left.value > right.value
        }.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
    }
}
