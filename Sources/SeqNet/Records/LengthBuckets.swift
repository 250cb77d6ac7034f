/// Cuts records of unequal lengths into batches of neighbouring lengths, in an order drawn anew
/// for each epoch.
///
/// Nothing is padded in a packed batch, but a step is as fast as it has rows: sequences of like
/// lengths end together. The records are shuffled and taken in pools of many batches; each pool is
/// sorted by length and cut, and then the batches of all pools are shuffled. The seed and the
/// epoch alone decide.
struct LengthBuckets {
    private let lengths: [Int]
    private let batchSize: Int
    private let seed: UInt64

    /// Batches of a pool: enough for like lengths, too few for the same batches every epoch.
    private static let poolBatches = 50

    /// - Parameters:
    ///   - lengths: of each record, at least 1.
    ///   - batchSize: records of a batch; the last of an epoch may have fewer.
    init(lengths: [Int], batchSize: Int, seed: UInt64) {
        precondition(batchSize >= 1, "at least one record a batch")
        precondition(lengths.allSatisfy { $0 >= 1 }, "every record has at least one step")
        self.lengths = lengths
        self.batchSize = batchSize
        self.seed = seed
    }

    /// Batches of an epoch.
    var count: Int { (lengths.count + batchSize - 1) / batchSize }

    /// The batches of an epoch: indices of records, longest first within a batch.
    func batches(epoch: Int) -> [[Int]] {
        var random = Random(seed: seed, stream: RandomStream.order(epoch: epoch))
        var order = Array(lengths.indices)
        random.shuffle(&order)
        let poolSize = Self.poolBatches * batchSize
        var batches: [[Int]] = []
        for start in stride(from: 0, to: order.count, by: poolSize) {
            batches += Self.sortedBatches(
                order[start..<min(start + poolSize, order.count)], lengths, batchSize)
        }
        random.shuffle(&batches)
        return batches
    }

    /// All records by length, for an evaluation: longest first throughout. Empty ones are left out.
    static func sortedBatches(_ lengths: [Int], size: Int) -> [[Int]] {
        sortedBatches(lengths.indices.filter { lengths[$0] > 0 }, lengths, size)
    }

    private static func sortedBatches(
        _ records: some Sequence<Int>, _ lengths: [Int], _ size: Int
    ) -> [[Int]] {
        // The record's index settles ties: the standard sort promises no order of equals.
        let sorted = records.sorted { (lengths[$1], $0) < (lengths[$0], $1) }
        return stride(from: 0, to: sorted.count, by: size).map {
            Array(sorted[$0..<min($0 + size, sorted.count)])
        }
    }
}
