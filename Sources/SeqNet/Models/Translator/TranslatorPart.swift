/// Encoded sentence pairs.
public struct TranslatorPart: Sendable {
    /// What error messages call it.
    public let name: String
    public let pairs: [SentencePair]
    /// Tokens that the vocabularies lack.
    public let unknownSources: Int, unknownTargets: Int
    public let tokenKind: TokenKind
    /// Pairs of which a side is longer than `Translator.mostTokens(of:)`: the rest of it is left out.
    public let cutCount: Int
    /// With their closing tokens; a target that was cut has none, for it does not end there.
    let sources: TokenSequences, targets: TokenSequences

    /// Tokens of all targets.
    public var targetTokens: Int { targets.tokens }
    public var sourceTokens: Int { sources.tokens }

    /// - Throws: `badData` for a NUL character.
    public init(
        _ pairs: [SentencePair], name: String, _ tokenizer: Tokenizer, _ text: TranslatorText
    ) throws {
        let most = Translator.mostTokens(of: tokenizer.kind)
        var areCut = [Bool](repeating: false, count: pairs.count)
        func encoded(
            _ vocabulary: Vocabulary, cutEnds: Bool, _ side: (SentencePair) -> String
        ) throws -> (TokenSequences, Int) {
            var sequences = TokenSequences()
            var unknown = 0
            for (index, pair) in pairs.enumerated() {
                let line = try tokenizer.encode(
                    line: Array(side(pair).utf8), with: vocabulary, source: name, lineNumber: pair.line)
                let isCut = line.ids.count > most + 1
                let kept = isCut ? line.ids.prefix(most) : line.ids[...]
                sequences.append(isCut && cutEnds ? kept + [vocabulary.lineEnd] : kept)
                unknown += min(line.unknownCount, kept.count { $0 == vocabulary.unknown })
                areCut[index] = areCut[index] || isCut
            }
            return (sequences, unknown)
        }
        self.name = name
        self.pairs = pairs
        tokenKind = tokenizer.kind
        (sources, unknownSources) = try encoded(text.source, cutEnds: true, \.source)
        (targets, unknownTargets) = try encoded(text.target, cutEnds: false, \.target)
        cutCount = areCut.count { $0 }
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        sources.add(to: &fingerprint)
        targets.add(to: &fingerprint)
        return fingerprint.text
    }
}
