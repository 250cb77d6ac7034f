/// How well a translator does on sentence pairs.
public struct TranslatorEvaluation: Sendable {
    /// What its translations were measured by.
    public let scores: TranslationScores
    /// Cross-entropy in nats a target token, each predicted from the reference before it.
    public let loss: Double
    /// Target tokens, the closing ones included.
    public let tokens: Int
    /// Of sources and targets, those that the vocabularies lack.
    public let unknown: Int
    /// The same of the sources.
    public let unknownSources: Int

    /// As `seqnet evaluate --json` prints it.
    public var json: JSONValue {
        .object([
            "bleu": .number(scores.bleu), "bleu_detokenized": .number(scores.detokenizedBLEU),
            "chrf": .number(scores.chrF), "exact_match": .number(scores.exactMatch),
            "loss": loss.isFinite ? .number(loss) : .null, "pairs": .integer(scores.count),
            "tokens": .integer(tokens), "unknown": .integer(unknown), "unknown_sources": .integer(unknownSources),
        ])
    }
}

extension Translator {
    /// Pairs whose losses are computed together.
    private static let lossBatch = 64

    /// Translates all sources of a part and compares with its targets.
    ///
    /// - Parameters:
    ///   - batchSize: sources that are decoded side by side; no result depends on it.
    ///   - onTranslated: given each pair's place in the part and its translations.
    ///   - onProgress: told the share that is done, from 0 to 1.
    public func evaluate(
        _ part: TranslatorPart, _ options: BeamSearchOptions, batchSize: Int = 64,
        onTranslated: (Int, [Translation]) -> Void = { _, _ in },
        onProgress: (Double) -> Void = { _ in }
    ) throws -> TranslatorEvaluation {
        var scores = TranslationScores()
        var done = 0
        // Sources of like lengths end together.
        for chosen in LengthBuckets.sortedBatches(part.sources.lengths, size: batchSize) {
            let sources = chosen.map { part.pairs[$0].source }
            let found = try translate(sources, options, batchSize: batchSize)
            for (place, translations) in zip(chosen, found) {
                let pair = part.pairs[place]
                onTranslated(place, translations)
                let reference = try configuration.tokenizer.tokens(inLine: pair.target)
                let best = translations[0].tokens
                scores.add(
                    hypothesis: best, reference: Array(reference.dropLast()),
                    unknown: SpecialToken.unknown, text: runningText(of: best),
                    referenceText: pair.target)
            }
            done += chosen.count
            onProgress(Double(done) / Double(part.pairs.count))
        }
        return TranslatorEvaluation(
            scores: scores, loss: loss(of: part), tokens: part.targetTokens,
            unknown: part.unknownTargets, unknownSources: part.unknownSources)
    }

    /// Mean cross-entropy of a target token.
    private func loss(of part: TranslatorPart) -> Double {
        let tape = Tape(inference: context)
        var total = 0.0
        for chosen in LengthBuckets.sortedBatches(part.targets.lengths, size: Self.lossBatch) {
            tape.reset()
            total += loss(batch(part, chosen), tape).total
        }
        return total / Double(part.targetTokens)
    }

    /// Pairs of a part as a batch.
    func batch(_ part: TranslatorPart, _ chosen: [Int]) -> TranslationBatch {
        TranslationBatch(part.sources, part.targets, chosen, start: targetVocabulary.lineEnd)
    }
}
