import SeqNet

/// What `inspect` shows of a model file.
struct ModelDescription {
    private let file: ModelFile
    private let model: LanguageModel

    /// Tokens of the vocabulary that are shown.
    private static let shownTokens = 40

    init(_ file: ModelFile, _ model: LanguageModel) {
        self.file = file
        self.model = model
    }

    var json: [String: JSONValue] {
        [
            "task": .string(file.metadata.task), "config": file.metadata.config,
            "parameters": .integer(model.parameters.count),
            "tensors": .object(
                Dictionary(
                    uniqueKeysWithValues: model.parameters.shapes.map {
                        ($0.name, .array($0.shape.map { .integer($0) }))
                    })),
            "vocabulary": .array(file.metadata.vocabulary.map { .string($0) }),
            "history": .array(file.metadata.history),
        ]
    }

    func text() throws -> String {
        var lines = ["\(file.path): \(file.metadata.task), \(model.parameters.count) parameters", ""]
        lines.append("configuration")
        for (key, value) in (file.metadata.config.objectValue ?? [:]).sorted(by: { $0.key < $1.key })
        where value != .null {
            lines.append("  \(key): \(try value.serialized())")
        }
        lines += ["", "parameters"]
        for (name, shape) in model.parameters.shapes { lines.append("  \(name) \(shape)") }
        let tokens = file.metadata.vocabulary
        lines += ["", "vocabulary: \(tokens.count) \(model.configuration.tokenizer.kind.rawValue)"]
        let shown = try tokens.prefix(Self.shownTokens).map { try JSONValue.string($0).serialized() }
        lines.append("  \(shown.joined(separator: " "))\(tokens.count > shown.count ? " …" : "")")
        lines += ["", "training history"] + history
        return lines.joined(separator: "\n") + "\n"
    }

    private var history: [String] {
        let entries = file.metadata.history
        if entries.isEmpty { return ["  none: stopped before the first validation"] }
        let losses = entries.compactMap { $0["valid"]?["loss"]?.doubleValue }
        return entries.map { entry in
            let epoch = entry["epoch"]?.intValue ?? 0, step = entry["step"]?.intValue ?? 0
            let train = Format.fixed(entry["train_loss"]?.doubleValue ?? .nan, 4)
            let valid = Format.fixed(entry["valid"]?["loss"]?.doubleValue ?? .nan, 4)
            return "  epoch \(epoch), \(step) updates: training loss \(train), validation loss \(valid)"
        } + ["  validation \(Sparkline.render(losses))"]
    }
}
