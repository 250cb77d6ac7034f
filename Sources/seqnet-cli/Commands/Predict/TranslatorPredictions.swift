import SeqNet

/// `predict` of a translator.
struct TranslatorPredictions {
    private let model: Translator
    private let options: BeamSearchOptions
    private let batchSize: Int
    private let showsAttention: Bool
    private let json: Bool

    init(
        _ model: Translator, _ options: BeamSearchOptions, batchSize: Int, showsAttention: Bool, json: Bool
    ) throws {
        if showsAttention && model.configuration.attention == .none {
            throw SeqNetError(
                .usage, "--show-attention: the model has none; it was trained with --attention none")
        }
        self.model = model
        self.options = options
        self.batchSize = batchSize
        self.showsAttention = showsAttention
        self.json = json
    }

    /// Translates the lines of a file as they come. A line without a word gets an empty one.
    /// - Parameter path: `-` is stdin.
    func run(_ path: String) throws {
        var reader = try LineReader(path: path)
        var number = 0
        while let lines = try reader.nextLines() {
            let firstLine = number + 1
            let texts = try lines.map { line in
                number += 1
                return try InputLine.text(line, reader.name, number)
            }
            let found = try model.translate(
                texts, options, batchSize: batchSize, source: reader.name, firstLine: firstLine)
            try answer(texts, found)
        }
    }

    private func answer(_ lines: [String], _ found: [[Translation]]) throws {
        for (line, found) in zip(lines, found) {
            try ComputedNumbers.require(found.map(\.logProbability))
            let isEmpty = line.allSatisfy(\.isWhitespace)
            if json {
                try Console.resultLine(try object(line, isEmpty ? [] : found).serialized())
                continue
            }
            if isEmpty { try Console.resultLine("") }
            for translation in isEmpty ? [] : found {
                try Console.resultLine(text(translation))
                if showsAttention { try Console.result(AttentionText.table(translation)) }
            }
        }
    }

    private func text(_ translation: Translation) -> String {
        model.runningText(of: translation.tokens)
    }

    private func object(_ line: String, _ found: [Translation]) throws -> JSONValue {
        let translations = found.map { translation -> JSONValue in
            var object: JSONValue = [
                "text": .string(text(translation)), "score": .number(translation.score),
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
            "source": .string(line), "text": translations.first?["text"] ?? .null,
            "translations": .array(translations),
        ]
    }

    private static func strings(_ tokens: [[UInt8]]) -> JSONValue {
        .array(tokens.map { .string(String(decoding: $0, as: UTF8.self)) })
    }
}
