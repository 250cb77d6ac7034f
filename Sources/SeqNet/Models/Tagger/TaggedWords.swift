/// What a tagger says of a sentence.
public struct TaggedWords: Equatable, Sendable {
    public let words: [String]
    /// One a word.
    public let tags: [String]
    /// The probability of each tag, given all that the sentence may be tagged with; nil where it
    /// was not asked for. Of a tag that was mended, that of the one it stands for.
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
        var probabilities = [[Float]](repeating: [], count: pieces.count)
        let tape = Tape(inference: context)
        for chosen in LengthBuckets.sortedBatches(pieces.lengths, size: Self.inferenceBatchSize) {
            tape.reset()
            let batch = WordBatch(pieces, chosen, table)
            let answer = decode(batch, withProbabilities: withProbabilities, tape)
            for (place, tags) in zip(chosen, batch.layout.sequences(of: answer.tags)) {
                ids[place] = tags
            }
            guard let rows = answer.probabilities else { continue }
            for (place, values) in zip(chosen, batch.layout.sequences(of: rows)) {
                probabilities[place] = values
            }
        }
        return zip(sentences, places).map { words, pieces in
            TaggedWords(
                words: words, tags: tagSet.tags(of: Array(ids[pieces].joined())),
                probabilities: withProbabilities ? Array(probabilities[pieces].joined()) : nil)
        }
    }
}
