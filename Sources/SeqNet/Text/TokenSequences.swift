/// Sequences of token ids of any lengths, one after another in memory.
struct TokenSequences: Sendable {
    private var ids: [Int32] = []
    private var ends: [Int] = []

    init(_ sequences: some Sequence<[Int32]> = []) {
        for sequence in sequences { append(sequence) }
    }

    /// The number of sequences.
    var count: Int { ends.count }
    /// Tokens of all sequences.
    var tokens: Int { ids.count }

    /// Adds a sequence at the end.
    mutating func append(_ sequence: some Sequence<Int32>) {
        ids.append(contentsOf: sequence)
        ends.append(ids.count)
    }

    subscript(index: Int) -> ArraySlice<Int32> { ids[start(of: index)..<ends[index]] }

    /// How long each one is.
    var lengths: [Int] { ends.indices.map { ends[$0] - start(of: $0) } }

    /// Some of the sequences as a packed batch.
    ///
    /// - Parameter chosen: their indices, longest first; none of them is empty.
    /// - Returns: the layout, and the token of each of its rows.
    func packed(_ chosen: [Int]) -> (batch: PackedBatch, tokens: [Int32]) {
        let batch = PackedBatch(lengths: chosen.map { ends[$0] - start(of: $0) })
        let starts = chosen.map(start)
        var tokens: [Int32] = []
        tokens.reserveCapacity(batch.rows)
        for step in 0..<batch.steps {
            let active = batch.firstRow(of: step + 1) - batch.firstRow(of: step)
            for index in 0..<active { tokens.append(ids[starts[index] + step]) }
        }
        return (batch, tokens)
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

    /// Adds all ids and where sequences end to a hash.
    func add(to fingerprint: inout Fingerprint) {
        for id in ids { fingerprint.add(Int(id)) }
        for end in ends { fingerprint.add(end) }
    }
}
