/// Pairs of sentences, packed on either side by lengths of its own.
struct TranslationBatch {
    /// The token of each row of the sources.
    let sources: [Int32]
    /// What the decoder reads and what it is to predict, for each row of the targets.
    let inputs: [Int32], targets: [Int32]
    /// Queries are the targets, keys the sources.
    let layout: AttentionLayout

    /// - Parameters:
    ///   - sources: with their closing tokens.
    ///   - targets: with their closing tokens, pair by pair.
    ///   - chosen: which pairs.
    ///   - start: the token that is read before a target's first.
    init(
        _ sources: TokenSequences, _ targets: TokenSequences, _ chosen: [Int], start: Int32
    ) {
        let bySource = Self.longestFirst(chosen.indices) { sources[chosen[$0]].count }
        let byTarget = Self.longestFirst(chosen.indices) { targets[chosen[$0]].count }
        let source = sources.packed(bySource.map { chosen[$0] })
        let target = targets.packed(byTarget.map { chosen[$0] })
        var place = [Int](repeating: 0, count: chosen.count)
        for (position, pair) in bySource.enumerated() { place[pair] = position }
        self.sources = source.tokens
        self.targets = target.tokens
        inputs = target.batch.shifted(target.tokens, start: start)
        layout = AttentionLayout(
            queries: target.batch, keys: source.batch, sources: byTarget.map { place[$0] })
    }

    /// Of equals the first comes first: the standard sort promises no order of theirs.
    static func longestFirst(_ indices: Range<Int>, _ length: (Int) -> Int) -> [Int] {
        indices.sorted { (length($1), $0) < (length($0), $1) }
    }
}
