/// What a tagger says of a sentence.
public struct TaggedWords: Equatable, Sendable {
    public let words: [String]
    /// One a word.
    public let tags: [String]
    /// The probability of each tag, given all that the sentence may be tagged with: the sum over the
    /// learned tags that are written so. nil where it was not asked for.
    public let probabilities: [Float]?
}

extension Tagger {
    /// The most sentences of one forward pass.
    static let inferenceBatchSize = 32

    /// Tags sentences. The same sentence gets the same tags, bit for bit, beside whatever others.
    ///
    /// - Parameters:
    ///   - sentences: words, none of them empty. A sentence may be.
    ///   - withProbabilities: whether that of each tag is wanted.
    public func tag(_ sentences: [[String]], withProbabilities: Bool = false) -> [TaggedWords] {
        var table = WordTable(vocabulary), pieces = TokenSequences()
        // The pieces of each sentence, one after another.
        let places = sentences.map { sentence in
            let first = pieces.count
            for start in stride(from: 0, to: sentence.count, by: Self.mostWords) {
                let end = min(start + Self.mostWords, sentence.count)
                pieces.append(sentence[start..<end].map { table.index(of: $0) })
            }
            return first..<pieces.count
        }
        var ids = [[Int32]](repeating: [], count: pieces.count)
        // [words, tags as files have them].
        var distributions = [[Float]](repeating: [], count: pieces.count)
        let tape = Tape(inference: context)
        for chosen in LengthBuckets.sortedBatches(pieces.lengths, size: Self.inferenceBatchSize) {
            tape.reset()
            let batch = WordBatch(pieces, chosen, table)
            let answer = decode(batch, withProbabilities: withProbabilities, tape)
            for (place, tags) in zip(chosen, batch.layout.sequences(of: answer.tags)) {
                ids[place] = tags
            }
            guard let learned = answer.probabilities else { continue }
            let rows = batch.layout.sequences(of: Array(0..<learned.rows))
            for (place, rows) in zip(chosen, rows) {
                distributions[place] = rows.flatMap { row in
                    tagSet.distribution(
                        ofLearned: UnsafeBufferPointer(
                            start: learned.values + row * learned.columns, count: learned.columns))
                }
            }
        }
        return zip(sentences, places).map { words, pieces in
            let tags = tagSet.tags(of: Array(ids[pieces].joined()))
            return TaggedWords(
                words: words, tags: tags,
                probabilities: withProbabilities
                    ? probabilities(of: tags, in: Array(distributions[pieces].joined())) : nil)
        }
    }

    /// - Parameter distribution: [words, tags as files have them].
    private func probabilities(of tags: [String], in distribution: [Float]) -> [Float] {
        tags.enumerated().map { word, tag in
            distribution[word * tagSet.tags.count + tagSet.index(of: tag)!]
        }
    }
}
