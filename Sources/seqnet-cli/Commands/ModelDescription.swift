import SeqNet

/// What `inspect` shows of a model file.
struct ModelDescription {
    private let file: ModelFile
    /// Without what a file holds beside the parameters.
    private let tensors: [SafetensorsEntry]

    /// Beginnings of the names of tensors that are no parameters.
    private static let besides = ["optimizer.", "state.", "reference."]
    /// Tokens of the vocabulary that are shown.
    private static let shownTokens = 40

    init(_ file: ModelFile) {
        self.file = file
        tensors = file.tensors.entries.filter { entry in
            !Self.besides.contains { entry.name.hasPrefix($0) }
        }
    }

    private var parameters: Int { tensors.reduce(0) { $0 + $1.shape.reduce(1, *) } }

    var json: [String: JSONValue] {
        [
            "task": .string(file.metadata.task), "config": file.metadata.config,
            "parameters": .integer(parameters),
            "tensors": .object(
                Dictionary(
                    uniqueKeysWithValues: tensors.map {
                        ($0.name, .array($0.shape.map { .integer($0) }))
                    })),
            "vocabulary": .array(file.metadata.vocabulary.map { .string($0) }),
            "labels": file.metadata.labels.map { .array($0.map { .string($0) }) } ?? .null,
            "history": .array(file.metadata.history),
        ]
    }

    func text() throws -> String {
        var lines = ["\(file.path): \(file.metadata.task), \(parameters) parameters", ""]
        lines.append("configuration")
        for (key, value) in (file.metadata.config.objectValue ?? [:]).sorted(by: { $0.key < $1.key })
        where value != .null {
            lines.append("  \(key): \(try value.serialized())")
        }
        lines += ["", "parameters"]
        for tensor in tensors { lines.append("  \(tensor.name) \(tensor.shape)") }
        if !file.metadata.vocabulary.isEmpty {
            let kind = file.metadata.config["tokens"]?.stringValue ?? "words"
            lines += ["", "vocabulary: \(file.metadata.vocabulary.count) \(kind)"]
            lines.append(try Self.shown(file.metadata.vocabulary))
        }
        if let characters = file.metadata.characters {
            lines += ["", "characters: \(characters.count)", try Self.shown(characters)]
        }
        if let labels = file.metadata.labels {
            lines += ["", "labels: \(labels.count)", try Self.shown(labels)]
        }
        lines += ["", "training history"] + history
        return lines.joined(separator: "\n") + "\n"
    }

    /// The first of some strings, as JSON has them.
    private static func shown(_ strings: [String]) throws -> String {
        let shown = try strings.prefix(shownTokens).map { try JSONValue.string($0).serialized() }
        return "  \(shown.joined(separator: " "))\(strings.count > shown.count ? " …" : "")"
    }

    /// The mean squared error where there is one.
    private static func validationLoss(of entry: JSONValue) -> Double {
        let metrics = entry["valid"]
        return (metrics?["loss"] ?? metrics?["mse"])?.doubleValue ?? .nan
    }

    private var history: [String] {
        let entries = file.metadata.history
        if entries.isEmpty { return ["  none: stopped before the first validation"] }
        let losses = entries.map(Self.validationLoss(of:))
        return entries.map { entry in
            let epoch = entry["epoch"]?.intValue ?? 0, step = entry["step"]?.intValue ?? 0
            let train = Format.fixed(entry["train_loss"]?.doubleValue ?? .nan, 4)
            let valid = Format.fixed(Self.validationLoss(of: entry), 4)
            return "  epoch \(epoch), \(step) updates: training loss \(train), validation loss \(valid)"
        } + ["  validation \(Sparkline.render(losses))"]
    }
}
