/// Turns provisional ids into those of the vocabulary, and writes them to the file that
/// training reads.
struct CorpusEncoder {
    let vocabulary: Vocabulary
    private let tokens: ProvisionalTokens
    private let textStarts: [Int]
    private let scratchFolder: String
    /// The final id of each provisional one.
    private let finalIds: [Int32]
    /// Whether the vocabulary lacks the token of each provisional id.
    private let isUnknown: [Bool]

    init(
        vocabulary: Vocabulary, table: TokenTable, tokens: ProvisionalTokens, textStarts: [Int],
        scratchFolder: String
    ) {
        let known = (0..<table.count).map { index in
            table[index].withUnsafeBufferPointer { vocabulary.id(of: $0) }
        }
        self.vocabulary = vocabulary
        self.tokens = tokens
        self.textStarts = textStarts
        self.scratchFolder = scratchFolder
        isUnknown = known.map { $0 == nil }
        // Only bytes have no unknown token, and their vocabulary holds them all.
        finalIds = known.map { $0 ?? vocabulary.unknown! }
    }

    /// Writes parts of the corpus to one file.
    ///
    /// - Parameter layout: the parts in ascending order, not empty and not overlapping.
    /// - Throws: `cannotWrite`, `cannotRead`.
    func encode(_ layout: [CorpusLayout.Part]) throws -> [CorpusPart] {
        let writer = TokenFileWriter(
            to: try ScratchFile(in: scratchFolder), vocabularySize: vocabulary.count)
        var summaries = layout.map { _ in Summary() }
        var position = 0
        try tokens.forEachBlock { block in
            for (index, part) in layout.enumerated() {
                let wanted = part.range.clamped(to: position..<position + block.count)
                if wanted.isEmpty { continue }
                let slice = block[wanted.lowerBound - position..<wanted.upperBound - position]
                try writer.append(encode(slice, &summaries[index]))
            }
            position += block.count
        }

        let file = try writer.finish()
        var end = 0
        return zip(layout, summaries).map { part, summary in
            let start = end
            end += part.range.count
            let inside = textStarts.filter { part.range.dropFirst().contains($0) }
            let texts = [0] + inside.map { $0 - part.range.lowerBound }
            return CorpusPart(
                name: part.name, file: file, range: start..<end, textStarts: texts,
                unknownCount: summary.unknownCount, unknownTypeCount: summary.unknownTypes.count,
                fingerprint: fingerprint(summary.ids, texts))
        }
    }

    /// What is learned about a part while it is written.
    private struct Summary {
        var ids = Fingerprint()
        var unknownCount = 0
        /// Provisional ids of unknown tokens.
        var unknownTypes: Set<Int32> = []
    }

    /// The final ids of some tokens.
    private func encode(
        _ slice: Slice<UnsafeBufferPointer<Int32>>, _ summary: inout Summary
    ) -> [Int32] {
        slice.map { provisional in
            let id = finalIds[Int(provisional)]
            summary.ids.add(Int(id))
            if isUnknown[Int(provisional)] {
                summary.unknownCount += 1
                summary.unknownTypes.insert(provisional)
            }
            return id
        }
    }

    private func fingerprint(_ ids: Fingerprint, _ texts: [Int]) -> String {
        var fingerprint = ids
        for start in texts { fingerprint.add(start) }
        for id in 0..<vocabulary.count { fingerprint.add(vocabulary.slice(of: Int32(id))) }
        return fingerprint.text
    }
}
