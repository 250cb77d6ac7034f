/// How text becomes a translator's tokens, and its tokens text.
public struct TranslatorText: Equatable, Sendable {
    public let source: Vocabulary
    public let target: Vocabulary
    /// Where the target's running text has white space.
    public let detokenization: DetokenizationRules

    public init(source: Vocabulary, target: Vocabulary, detokenization: DetokenizationRules) {
        self.source = source
        self.target = target
        self.detokenization = detokenization
    }

    /// Vocabularies and rules of training pairs.
    ///
    /// - Throws: `badData` for a NUL character, `usage` for limits that contradict the tokens.
    init(of pairs: [SentencePair], _ tokenizer: Tokenizer, _ limits: VocabularyLimits) throws {
        func vocabulary(_ side: (SentencePair) -> String) throws -> Vocabulary {
            var counts = TokenCounts()
            for pair in pairs {
                for token in try tokenizer.tokens(inLine: side(pair)) { counts.add(token) }
            }
            return try Vocabulary(kind: tokenizer.kind, counts: counts, limits: limits)
        }
        source = try vocabulary(\.source)
        target = try vocabulary(\.target)
        detokenization = DetokenizationRules(
            learnedFrom: tokenizer.splitPunctuation ? pairs.map(\.target) : [])
    }

    // MARK: - In a model file

    private static let sourceKey = "source_vocabulary"
    private static let detokenizationKey = "detokenization"

    /// What a model file says beside the target's vocabulary, which is its `vocabulary`.
    func metadata() throws -> [String: String] {
        [
            Self.sourceKey: try JSONValue.array(source.tokens.map { .string($0) }).serialized(),
            Self.detokenizationKey: try detokenization.json.serialized(),
        ]
    }

    /// Reads what `metadata` wrote.
    /// - Throws: `badData` when something is missing or damaged.
    init(_ file: ModelFile, _ tokenizer: Tokenizer) throws {
        func parsed(_ key: String) throws -> JSONValue {
            guard let text = file.metadata.additional[key] else {
                throw SeqNetError(
                    .badData, "model '\(file.path)': its metadata lacks '\(key)'; "
                        + "name a file that seqnet train wrote")
            }
            return try JSONValue(
                parsing: text, subject: "model '\(file.path)', metadata '\(key)'",
                remedy: "copy or download the file again")
        }
        let place = "model '\(file.path)'"
        guard let tokens = try parsed(Self.sourceKey).stringsValue else {
            throw SeqNetError(
                .badData, "\(place), metadata '\(Self.sourceKey)': expected an array of strings; "
                    + "name a file that seqnet train wrote")
        }
        source = try Vocabulary(kind: tokenizer.kind, tokens: tokens, source: "\(place), source")
        target = try Vocabulary(
            kind: tokenizer.kind, tokens: file.metadata.vocabulary, source: "\(place), target")
        detokenization = try DetokenizationRules(
            json: parsed(Self.detokenizationKey), subject: "\(place), metadata '\(Self.detokenizationKey)'")
    }
}
