/// How well a tagger tells the tags of words.
public struct TaggerEvaluation: Equatable, Sendable {
    /// Of the tags as files have them.
    public let confusion: ConfusionTable
    /// Nil unless the tags mark entities.
    public let entities: EntityScores?
    /// Mean cross-entropy in nats a word, over the sentences whose tags the model all knows; nil
    /// where there is none such.
    public let loss: Double?
    public let sentences: Int
    /// Words that the vocabulary lacks.
    public let unknown: Int

    /// As `seqnet evaluate --json` prints it.
    public var json: JSONValue {
        var object: [String: JSONValue] = [
            "accuracy": .number(confusion.accuracy),
            "loss": loss.map { $0.isFinite ? .number($0) : .null } ?? .null,
            "sentences": .integer(sentences), "tokens": .integer(confusion.total),
            "unknown": .integer(unknown), "unknown_tags": .integer(confusion.unknownCount),
            "confusion": confusion.json,
        ]
        if let entities {
            object.merge(entities.total.json) { $1 }
            object["entities"] = .object(entities.types.mapValues { .object($0.json) })
        }
        return .object(object)
    }
}

extension EntityScores.Counts {
    var json: [String: JSONValue] {
        [
            "precision": .number(precision), "recall": .number(recall), "f1": .number(f1),
        ]
    }
}

extension Tagger {
    /// Tags all sentences of a part and compares.
    /// - Parameter onProgress: told the share that is done, from 0 to 1.
    public func evaluate(
        _ part: TaggerPart, onProgress: (Double) -> Void = { _ in }
    ) -> TaggerEvaluation {
        let targets = part.tags.map { tagSet.learned($0) }
        var confusion = ConfusionTable(labels: tagSet.tags), entities = EntityScores()
        var done = 0
        func count(_ chosen: [Int], _ batch: WordBatch, _ tags: [Int32]) {
            for (sentence, ids) in zip(chosen, batch.layout.sequences(of: tags)) {
                let actual = part.tags[sentence], predicted = tagSet.tags(of: ids)
                for (actual, predicted) in zip(actual, predicted) {
                    confusion.add(actual: actual, predicted: tagSet.index(of: predicted)!)
                }
                entities.add(actual: actual, predicted: predicted)
            }
            done += chosen.count
            onProgress(Double(done) / Double(part.sentenceCount))
        }

        var loss = 0.0, lossWords = 0
        let tape = Tape(inference: context)
        for chosen in batches(of: part, where: { targets[$0] != nil }) {
            tape.reset()
            let batch = WordBatch(part.words, chosen, part.table)
            let rows = TokenSequences(chosen.map { targets[$0]! }).packed(Array(chosen.indices)).tokens
            let answer = decode(batch, targets: rows, tape)
            loss += answer.loss
            lossWords += rows.count
            count(chosen, batch, answer.tags)
        }
        for chosen in batches(of: part, where: { targets[$0] == nil }) {
            tape.reset()
            let batch = WordBatch(part.words, chosen, part.table)
            count(chosen, batch, decode(batch, withProbabilities: false, tape).tags)
        }
        return TaggerEvaluation(
            confusion: confusion, entities: tagSet.scheme.marksEntities ? entities : nil,
            loss: lossWords > 0 ? loss / Double(lossWords) : nil, sentences: part.sentenceCount,
            unknown: part.unknownWordCount)
    }

    /// Some sentences of a part by length.
    private func batches(of part: TaggerPart, where isWanted: (Int) -> Bool) -> [[Int]] {
        let lengths = part.words.lengths.enumerated().map { isWanted($0) ? $1 : 0 }
        return LengthBuckets.sortedBatches(lengths, size: Self.inferenceBatchSize)
    }
}
