/// How well a generator predicts sequences.
public struct GeneratorEvaluation: Equatable, Sendable {
    /// Cross-entropy in nats a token, the ends of sequences included.
    public let loss: Double
    public let records: Int
    /// Predicted tokens, the ends included.
    public let tokens: Int
    /// Tokens that the vocabulary lacks.
    public let unknown: Int
    /// Records whose labels the model does not know, which are not counted.
    public let unknownLabels: Int

    /// As `seqnet evaluate --json` prints it.
    public var json: JSONValue {
        let perplexity = LanguageModelEvaluation.perplexity(of: loss)
        return .object([
            "loss": loss.isFinite ? .number(loss) : .null,
            "perplexity": perplexity.isFinite ? .number(perplexity) : .null,
            "records": .integer(records), "tokens": .integer(tokens), "unknown": .integer(unknown),
            "unknown_labels": .integer(unknownLabels),
        ])
    }
}

extension Generator {
    /// Predicts each token of each sequence from its condition and all before it.
    /// - Parameters:
    ///   - batchSize: sequences of one forward pass; no result depends on it.
    ///   - onProgress: told the share that is done, from 0 to 1.
    public func evaluate(
        _ part: GeneratorPart, _ context: KernelContext, batchSize: Int = 32,
        onProgress: (Double) -> Void = { _ in }
    ) -> GeneratorEvaluation {
        let tape = Tape(inference: context)
        var total = 0.0, done = 0
        for chosen in LengthBuckets.sortedBatches(part.texts.lengths, size: batchSize) {
            tape.reset()
            let batch = batch(part, chosen)
            // Each record's losses are added by themselves, so that no sum depends on the batch.
            for losses in batch.layout.sequences(of: Array(loss(batch, tape).rows)) {
                total += losses.reduce(0) { $0 + Double($1) }
            }
            done += chosen.count
            onProgress(Double(done) / Double(part.records))
        }
        return GeneratorEvaluation(
            loss: total / Double(part.tokens), records: part.records, tokens: part.tokens,
            unknown: part.unknownCount, unknownLabels: part.unknownLabels.total)
    }

    /// Records of a part as a batch.
    func batch(_ part: GeneratorPart, _ chosen: [Int]) -> GeneratorBatch {
        GeneratorBatch(part.texts, part.conditions, chosen, end: end)
    }
}
