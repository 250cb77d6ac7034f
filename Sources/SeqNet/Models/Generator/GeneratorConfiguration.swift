/// What determines a generator's architecture and how text becomes its tokens.
public struct GeneratorConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    /// Width of the tokens' embedding, and of the labels'.
    public let embeddingSize: Int
    public let condition: ConditionMode
    public let tokenizer: Tokenizer
    /// Where the tunes that it was trained on have their labels, and others unless it is named anew.
    public let label: TuneLabel

    /// - Throws: `.usage` for sizes out of range, and for a network that runs both ways.
    public init(
        _ recurrent: RecurrentConfiguration, embeddingSize: Int = 64,
        condition: ConditionMode = .initial, tokenizer: Tokenizer, label: TuneLabel = .fileName
    ) throws {
        self.recurrent = recurrent
        self.embeddingSize = embeddingSize
        self.condition = condition
        self.tokenizer = tokenizer
        self.label = label
        try RecurrentConfiguration.check("embedding-size", embeddingSize)
        guard !recurrent.isBidirectional else {
            throw SeqNetError(
                .usage,
                "--bidirectional: a generator predicts each token from those before it, and the second "
                    + "direction would have read it already; leave it out")
        }
    }

    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "embedding_size": .integer(embeddingSize), "condition": .string(condition.rawValue),
            "label": .string(label.argument),
        ]
        return own.merging(recurrent.json.merging(tokenizer.json) { $1 }) { $1 }
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader) throws {
        self = try reader.checked {
            try Self(
                RecurrentConfiguration(reader),
                embeddingSize: reader.value("embedding_size", \.intValue),
                condition: reader.choice("condition"), tokenizer: Tokenizer(reader),
                label: TuneLabel(
                    argument: reader.value(
                        "label", default: TuneLabel.fileName.argument, \.stringValue)))
        }
    }
}
