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
        var inputs = [Int32](repeating: end, count: chosen.count)
        var sequences = (0..<layout.sequences).map { Int32($0) }
        inputs.reserveCapacity(layout.rows)
        sequences.reserveCapacity(layout.rows)
        for step in 1..<max(layout.steps, 1) {
            let before = layout.firstRow(of: step - 1)
            let active = layout.firstRow(of: step + 1) - layout.firstRow(of: step)
            inputs += targets[before..<before + active]
            sequences += (0..<active).map { Int32($0) }
        }
        self.inputs = inputs
        self.sequences = sequences
    }
}
