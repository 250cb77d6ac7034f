extension TranslatorConfiguration {
    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "embedding_size": .integer(embeddingSize), "attention": .string(attention.rawValue),
            "input_feeding": .bool(feedsInput), "scheduled_sampling": .float(samplingRate),
            "tie_embeddings": .bool(tiesEmbeddings),
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
                attention: reader.choice("attention"),
                feedsInput: reader.value("input_feeding", \.boolValue),
                samplingRate: Float(reader.value("scheduled_sampling", \.doubleValue)),
                tiesEmbeddings: reader.value("tie_embeddings", \.boolValue),
                tokenizer: Tokenizer(reader))
        }
    }
}
