/// Some steps of sequences that are read side by side: cut so that memory depends neither
/// on their lengths nor on their number.
struct StepChunk {
    /// Which steps of the sequences.
    let steps: Range<Int>
    /// The layout of these steps, for the sequences that have any.
    let batch: PackedBatch

    /// Rows of a chunk, unless there are more sequences: as many as a usual training step has.
    private static let mostRows = 2048

    /// The chunks of sequences of these lengths, in order.
    ///
    /// - Precondition: `lengths` never increase. Those of 0 have no part in any chunk.
    static func chunks(of lengths: [Int]) -> [StepChunk] {
        var chunks: [StepChunk] = []
        var first = 0
        while first < lengths.first ?? 0 {
            let active = lengths.firstIndex { $0 <= first } ?? lengths.count
            let end = min(first + max(1, mostRows / active), lengths[0])
            let batch = PackedBatch(lengths: lengths[..<active].map { min($0, end) - first })
            chunks.append(StepChunk(steps: first..<end, batch: batch))
            first = end
        }
        return chunks
    }

    /// An id for each row, which `id` gives for its sequence and step.
    func rows(_ id: (_ sequence: Int, _ step: Int) -> Int32) -> [Int32] {
        var ids: [Int32] = []
        ids.reserveCapacity(batch.rows)
        for step in 0..<batch.steps {
            let active = batch.firstRow(of: step + 1) - batch.firstRow(of: step)
            for sequence in 0..<active { ids.append(id(sequence, steps.lowerBound + step)) }
        }
        return ids
    }
}
