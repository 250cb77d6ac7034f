/// What determines a tagger's architecture, and how a sentence becomes its input.
public struct TaggerConfiguration: Equatable, Sendable {
    public let recurrent: RecurrentConfiguration
    public let embeddingSize: Int
    /// What reads the characters of a word; nil where words are known by themselves alone.
    public let characters: CharacterLSTM.Configuration?
    /// Whether tags are chosen together, by a conditional random field.
    public let usesCRF: Bool
    /// Whether words (not their characters) are looked up in lower case.
    public let lowercasesWords: Bool
    /// That of the tags in the files it was trained on, and in others unless it is named anew; nil
    /// is `UPOS` of CoNLL-U and the last one otherwise.
    public let column: ColumnReference?

    /// - Throws: `.usage` for sizes out of range.
    public init(
        _ recurrent: RecurrentConfiguration, embeddingSize: Int = 100,
        characters: CharacterLSTM.Configuration? = nil, crf: Bool = false,
        lowercaseWords: Bool = false, column: ColumnReference? = nil
    ) throws {
        self.recurrent = recurrent
        self.embeddingSize = embeddingSize
        self.characters = characters
        usesCRF = crf
        lowercasesWords = lowercaseWords
        self.column = column
        try RecurrentConfiguration.check("embedding-size", embeddingSize)
    }

    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        let own: [String: JSONValue] = [
            "embedding_size": .integer(embeddingSize), "crf": .bool(usesCRF),
            "lowercase_words": .bool(lowercasesWords),
            "column": column.map { .string($0.description) } ?? .null,
            "character_lstm": .bool(characters != nil),
        ]
        return own.merging(recurrent.json.merging(characters?.json ?? [:]) { $1 }) { $1 }
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ reader: ConfigurationReader) throws {
        let readsCharacters = try reader.value("character_lstm", \.boolValue)
        let column = try reader.value("column") { $0 == .null ? .some(nil) : .some($0.stringValue) }
        self = try reader.checked {
            try Self(
                RecurrentConfiguration(reader),
                embeddingSize: reader.value("embedding_size", \.intValue),
                characters: readsCharacters ? CharacterLSTM.Configuration(reader) : nil,
                crf: reader.value("crf", \.boolValue),
                lowercaseWords: reader.value("lowercase_words", \.boolValue),
                column: column.map { ColumnReference($0) })
        }
    }
}
