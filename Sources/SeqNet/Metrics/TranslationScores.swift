/// The measures of a translator over a corpus, gathered pair by pair.
public struct TranslationScores: Sendable {
    private var tokenBLEU = CorpusBLEU()
    private var textBLEU = CorpusBLEU()
    private var textChrF = CorpusChrF()
    private var exact = 0
    /// Pairs added.
    public private(set) var count = 0

    public init() {}

    /// Adds one translation.
    ///
    /// - Parameters:
    ///   - hypothesis: the model's tokens, without the one that closes the sentence.
    ///   - reference: the tokens of the target, cut by the model's tokenizer.
    ///   - unknown: the token of unknown words, which is never right.
    ///   - text: the translation as running text.
    ///   - referenceText: the target as the file has it.
    public mutating func add<Token: Hashable>(
        hypothesis: [Token], reference: [Token], unknown: Token?, text: String,
        referenceText: String
    ) {
        tokenBLEU.add(hypothesis: hypothesis, reference: reference, unknown: unknown)
        textBLEU.add(
            hypothesis: Tokenizer13a.tokens(of: text),
            reference: Tokenizer13a.tokens(of: referenceText))
        textChrF.add(hypothesis: text, reference: referenceText)
        let hasUnknown = unknown.map(hypothesis.contains) ?? false
        if hypothesis == reference && !hasUnknown { exact += 1 }
        count += 1
    }

    /// BLEU of the model's own tokens, 0 … 100.
    public var bleu: Double { tokenBLEU.score }

    /// BLEU of running text, tokenised by `Tokenizer13a`, 0 … 100.
    public var detokenizedBLEU: Double { textBLEU.score }

    /// chrF2 of running text, 0 … 100.
    public var chrF: Double { textChrF.score }

    /// The share of translations that have exactly the reference's tokens; NaN of no pairs.
    public var exactMatch: Double { Double(exact) / Double(count) }
}
