extension Vocabulary {
    /// Builds the dictionary of a training text.
    ///
    /// - Parameters:
    ///   - kind: what the counted tokens are. Bytes give all 256 values.
    ///   - counts: the tokens of the training text. `<unk>` and `<eos>` among them are
    ///     the special tokens themselves.
    ///   - limits: which tokens enter.
    /// - Throws: `usage` if the greatest size leaves no room for a token beside the
    ///   special ones, or if bytes are limited.
    public init(kind: TokenKind, counts: TokenCounts, limits: VocabularyLimits) throws {
        if kind == .bytes {
            try Vocabulary.checkBytesAreNotLimited(limits)
            var byteCounts = [Int](repeating: 0, count: 256)
            for (index, count) in counts.counts.enumerated() {
                let token = counts.table[index]
                precondition(token.count == 1, "a token of \(token.count) bytes among bytes")
                byteCounts[Int(token.first!)] += count
            }
            self.init(bytesCountedAs: byteCounts)
            return
        }
        let required = kind.requiredTokens
        let room = try limits.maximumSize.map { size in
            guard size > required.count else {
                throw SeqNetError(
                    .usage,
                    "--vocab-size \(size): leaves no room beside the \(required.count) tokens that "
                        + "every vocabulary of \(kind.rawValue) has; use more")
            }
            return size - required.count
        }

        var complete = counts
        for token in required { complete.add(token, count: 0) }
        let table = complete.table
        let requiredIndices = Set(
            required.map { Int($0.withUnsafeBufferPointer { table.index(of: $0)! }) })
        var chosen = (0..<table.count).filter {
            complete.counts[$0] >= limits.minimumCount && !requiredIndices.contains($0)
        }
        if let room, chosen.count > room {
            chosen.sort {
                let (left, right) = (complete.counts[$0], complete.counts[$1])
                return left == right ? table.precedes($0, $1) : left > right
            }
            chosen.removeLast(chosen.count - room)
        }
        chosen.append(contentsOf: requiredIndices)
        chosen.sort { table.precedes($0, $1) }
        self.init(kind: kind, chosen: chosen, of: complete)
    }

    /// Numbers the chosen tokens; the counts of all others go to `<unk>`.
    private init(kind: TokenKind, chosen: [Int], of all: TokenCounts) {
        var table = TokenTable()
        var counts: [Int] = []
        for index in chosen {
            all.table[index].withUnsafeBufferPointer { _ = table.insert($0) }
            counts.append(all.counts[index])
        }
        let unknown = SpecialToken.unknown.withUnsafeBufferPointer { table.index(of: $0)! }
        counts[Int(unknown)] += all.counts.reduce(0, +) - counts.reduce(0, +)
        self.init(kind: kind, table: table, counts: counts)
    }

    private static func checkBytesAreNotLimited(_ limits: VocabularyLimits) throws {
        if limits.maximumSize != nil || limits.minimumCount > 1 {
            throw SeqNetError(
                .usage,
                "--tokens bytes: has all 256 values, whatever the text; leave out --vocab-size "
                    + "and --min-count, or use --tokens characters")
        }
    }
}
