/// A translation of one line of text.
public struct Translation: Equatable, Sendable {
    /// The target's tokens as UTF-8. `<unk>` is replaced by the source token that it looked at most,
    /// where there is attention.
    public let tokens: [[UInt8]]
    /// The tokens as running text; see `Translator.runningText(of:)`.
    public let text: String
    /// The source's tokens as UTF-8, with the one that closes it.
    public let sourceTokens: [[UInt8]]
    /// Whether the line had more than `Translator.mostTokens(of:)`, and the rest was left out.
    public let sourceIsCut: Bool
    /// The alignment: for each target token, how much it looked at each source token; empty without
    /// attention.
    public let attention: [[Float]]
    /// Of all tokens together, in nats.
    public let logProbability: Double
    /// By which translations of one source are ranked, the greatest first; see
    /// `BeamSearchOptions.lengthNormalization`.
    public let score: Double

    init(
        _ hypothesis: Hypothesis, of sourceTokens: [[UInt8]], isCut: Bool = false,
        _ vocabulary: Vocabulary, runningText: ([[UInt8]]) -> String
    ) {
        self.sourceTokens = sourceTokens
        sourceIsCut = isCut
        attention = hypothesis.attention
        logProbability = hypothesis.logProbability
        score = hypothesis.score
        let tokens = hypothesis.tokens.enumerated().map { place, token in
            guard token == vocabulary.unknown, !hypothesis.attention.isEmpty else {
                return vocabulary.bytes(of: token)
            }
            let words = hypothesis.attention[place].dropLast()
            let seen = words.indices.max { words[$0] < words[$1] }
            return seen.map { sourceTokens[$0] } ?? vocabulary.bytes(of: token)
        }
        self.tokens = tokens
        text = runningText(tokens)
    }
}

extension Translator {
    /// The likeliest translations of each line, the best first. No result depends on the others. Of
    /// a line of more than `mostTokens(of:)` the rest is left out.
    ///
    /// ```swift
    /// print(try translator.translate(["Who is it?"])[0][0].text)
    /// ```
    /// - Parameters:
    ///   - lines: without their newlines.
    ///   - batchSize: the most lines that are decoded side by side.
    ///   - source: what error messages call the place that the lines come from.
    ///   - firstLine: the number of the first one there, from 1.
    /// - Throws: `badData` for a NUL character, with its line, unless the tokens are bytes.
    public func translate(
        _ lines: [String], _ options: BeamSearchOptions = .standard, batchSize: Int = 64,
        source: String = "text", firstLine: Int = 1
    ) throws -> [[Translation]] {
        let most = Self.mostTokens(of: configuration.tokenizer.kind)
        let whole = try lines.enumerated().map { index, line in
            try configuration.tokenizer.tokens(
                inLine: line, source: source, lineNumber: firstLine + index)
        }
        let sources = whole.map { $0.count > most + 1 ? Array($0.prefix(most) + $0.suffix(1)) : $0 }
        let ids = sources.map { tokens in
            tokens.map { sourceVocabulary.id(of: $0) ?? sourceVocabulary.unknown! }
        }
        let search = TranslationSearch(self, options, context)
        var translations = [[Translation]](repeating: [], count: lines.count)
        for chosen in LengthBuckets.sortedBatches(ids.map(\.count), size: batchSize) {
            for (line, hypotheses) in zip(chosen, search(chosen.map { ids[$0] })) {
                translations[line] = hypotheses.map {
                    Translation(
                        $0, of: sources[line], isCut: sources[line].count < whole[line].count,
                        targetVocabulary, runningText: runningText)
                }
            }
        }
        return translations
    }
}
