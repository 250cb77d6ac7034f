/// A golden file of a tiny translator, as make_translator_golden.py writes it.
package struct GoldenTranslator: Decodable {
    package var cell: String
    package var kind: String
    package var feeding: Bool
    package var bidirectional: Bool
    package var tied: Bool
    package var embeddingSize: Int
    package var size: Int
    package var layers: Int
    /// Pairs of sentences; what is read before a target's first token is token 0.
    package var sources: [[Int32]]
    package var targets: [[Int32]]
    package var sourceVocabulary: Int
    package var targetVocabulary: Int
    package var parameters: [String: GoldenTensor]
    /// The mean over all target tokens, of which `losses` holds each sentence's.
    package var loss: Double
    package var losses: [GoldenTensor]
    /// [target, source] weights of each sentence; none without attention.
    package var alignments: [GoldenTensor]
    package var gradients: [String: GoldenTensor]
}
