extension Tokenizer {
    /// As it stands in a model file's configuration.
    var json: [String: JSONValue] {
        [
            "tokens": .string(kind.rawValue), "lowercase": .bool(lowercase),
            "split_punctuation": .bool(splitPunctuation),
        ]
    }

    /// Reads what `json` wrote.
    init(_ reader: ConfigurationReader) throws {
        try self.init(
            kind: reader.choice("tokens"), lowercase: reader.value("lowercase", \.boolValue),
            splitPunctuation: reader.value("split_punctuation", \.boolValue))
    }
}
