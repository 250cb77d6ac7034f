import CKernels

/// Which rows of two packed batches belong together: each sequence of queries looks at one
/// sequence of keys, its source.
///
/// Both batches are sorted by lengths of their own. The weights that come of it are ragged too:
/// each query row has one for each step of its source, in the order of time.
public final class AttentionLayout: @unchecked Sendable {
    public let queries: PackedBatch
    public let keys: PackedBatch
    /// For each sequence of queries, its source's place in `keys`.
    public let sources: [Int]

    private let source: UnsafeMutablePointer<UInt32>
    private let firstWeight: UnsafeMutablePointer<Int>
    let pointer: UnsafeMutablePointer<sn_attention_layout>

    /// - Parameter sources: one place in `keys` for each sequence of `queries`. Gradients need them
    ///   to be different ones.
    public init(queries: PackedBatch, keys: PackedBatch, sources: [Int]) {
        precondition(sources.count == queries.sequences, "a source for each sequence")
        precondition(sources.allSatisfy { keys.lengths.indices ~= $0 }, "sequences of the keys")
        self.queries = queries
        self.keys = keys
        self.sources = sources
        source = .allocate(capacity: sources.count)
        for (sequence, place) in sources.enumerated() { source[sequence] = UInt32(place) }
        firstWeight = .allocate(capacity: queries.rows + 1)
        firstWeight[0] = 0
        for step in 0..<queries.steps {
            let rows = queries.firstRow(of: step)..<queries.firstRow(of: step + 1)
            for row in rows {
                let count = keys.lengths[sources[row - rows.lowerBound]]
                firstWeight[row + 1] = firstWeight[row] + count
            }
        }
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: sn_attention_layout(
                queries: queries.pointer, keys: keys.pointer, source: source,
                first_weight: firstWeight))
    }

    deinit {
        source.deallocate()
        firstWeight.deallocate()
        pointer.deallocate()
    }

    /// The weights of all query rows.
    var weightCount: Int { firstWeight[queries.rows] }

    /// Where the weights of a query row stand among all.
    func weights(of row: Int) -> Range<Int> { firstWeight[row]..<firstWeight[row + 1] }
}
