import SeqNet

/// How translations are shown, by `predict` and `evaluate` alike.
struct TranslationOutput {
    private let showsAttention: Bool

    /// - Throws: `.usage` where the alignment is wanted of a model without attention.
    init(_ model: Translator, showsAttention: Bool) throws {
        if showsAttention && model.configuration.attention == .none {
            throw SeqNetError(
                .usage, "--show-attention: the model has none; it was trained with --attention none")
        }
        self.showsAttention = showsAttention
    }

    /// A line for each translation, its alignment below it where that is wanted; a source without
    /// any has an empty line.
    func text(_ found: [Translation]) -> String {
        if found.isEmpty { return "\n" }
        return found.map { translation in
            translation.text + "\n" + (showsAttention ? AttentionText.table(translation) : "")
        }.joined()
    }

    /// The same with scores.
    func object(_ source: String, _ found: [Translation]) -> JSONValue {
        let translations = found.map { translation -> JSONValue in
            var object: JSONValue = [
                "text": .string(translation.text), "score": .number(translation.score),
                "log_prob": .number(translation.logProbability),
                "tokens": Self.strings(translation.tokens),
            ]
            if showsAttention {
                object["source_tokens"] = Self.strings(translation.sourceTokens)
                object["attention"] = .array(
                    translation.attention.map { .array($0.map(JSONValue.float)) })
            }
            return object
        }
        return [
            "source": .string(source), "text": translations.first?["text"] ?? .null,
            "translations": .array(translations),
        ]
    }

    private static func strings(_ tokens: [[UInt8]]) -> JSONValue {
        .array(tokens.map { .string(String(decoding: $0, as: UTF8.self)) })
    }
}
