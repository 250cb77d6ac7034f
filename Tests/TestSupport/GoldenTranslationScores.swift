/// The golden file that make_translation_golden.py writes with sacreBLEU.
package struct GoldenTranslationScores: Decodable {
    /// A text and its tokens under 13a.
    package struct Tokenized: Decodable {
        package var text: String
        package var tokens: [String]
    }

    /// A corpus of hypotheses and references as running text.
    package struct Texts: Decodable {
        package var pairs: [[String]]
        package var bleu: Double
        package var precisions: [Double]
        package var brevityPenalty: Double
        package var chrf: Double
    }

    /// A corpus of tokens with spaces between them, `<unk>` among them.
    package struct Tokens: Decodable {
        package var pairs: [[String]]
        package var bleu: Double
    }

    package var tokenized: [Tokenized]
    package var texts: [Texts]
    package var tokens: [Tokens]

    package static func read() throws -> GoldenTranslationScores {
        try GoldenFile.read("translation_scores", as: Self.self)
    }
}
