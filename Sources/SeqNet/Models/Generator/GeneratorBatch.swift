/// Sequences with their conditions, packed.
struct GeneratorBatch {
    let layout: PackedBatch
    /// Of each sequence, longest first.
    let conditions: [GeneratorCondition]
    /// What is read and what is to be predicted, for each row.
    let inputs: [Int32], targets: [Int32]
    /// Which sequence each row belongs to.
    let sequences: [Int32]

    /// - Parameters:
    ///   - texts: with the ends of their sequences.
    ///   - chosen: which of them, longest first.
    ///   - end: the token that is read before the first.
    init(
        _ texts: TokenSequences, _ conditions: [GeneratorCondition], _ chosen: [Int], end: Int32
    ) {
        (layout, targets) = texts.packed(chosen)
        self.conditions = chosen.map { conditions[$0] }
        inputs = layout.shifted(targets, start: end)
        let layout = layout
        sequences = (0..<layout.steps).flatMap { step in
            (0..<layout.firstRow(of: step + 1) - layout.firstRow(of: step)).map { Int32($0) }
        }
    }
}
