/// What determines a classifier's architecture, and how a record becomes its input.
public struct ClassifierConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    public let embeddingSize: Int
    /// How the states of a text become one vector.
    public let pooling: PoolingKind
    public let tokenizer: Tokenizer
    /// Of the files it was trained on, and of others unless they are named anew.
    public let columns: TextColumns

    /// - Throws: `.usage` for sizes out of range.
    public init(
        _ recurrent: RecurrentConfiguration, embeddingSize: Int = 100, pooling: PoolingKind = .max,
        tokenizer: Tokenizer, columns: TextColumns = TextColumns()
    ) throws {
        self.recurrent = recurrent
        self.embeddingSize = embeddingSize
        self.pooling = pooling
        self.tokenizer = tokenizer
        self.columns = columns
        try RecurrentConfiguration.check("embedding-size", embeddingSize)
    }

    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "embedding_size": .integer(embeddingSize), "pooling": .string(pooling.rawValue),
            "text_column": .string(columns.text.description),
            "label_column": .string(columns.label.description),
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
                pooling: reader.choice("pooling"), tokenizer: Tokenizer(reader),
                columns: TextColumns(
                    text: ColumnReference(reader.value("text_column", \.stringValue)),
                    label: ColumnReference(reader.value("label_column", \.stringValue))))
        }
    }
}
