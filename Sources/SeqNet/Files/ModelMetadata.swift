/// What a model file says about its model, beside the tensors.
public struct ModelMetadata: Equatable, Sendable {
    /// The newest version of the format that this library reads, and the one it writes.
    public static let formatVersion = 1

    /// The task the model was trained for: `lm`, `tag`, `classify` …
    public var task: String
    /// An object of what determines the model, keys as the command line's options in
    /// snake_case: `cell`, `hidden_size` …
    public var config: JSONValue
    /// The tokens; the index is the token's id.
    public var vocabulary: [String]
    /// The labels or tags, the index being the id; nil for a task that has none.
    public var labels: [String]?
    /// The characters that words are read by, the index being the id; nil for a model that has no
    /// vocabulary but that of `vocabulary`.
    public var characters: [String]?
    /// An object of metrics for each epoch.
    public var history: [JSONValue]
    /// Further metadata, such as a checkpoint's `training_state`.
    public var additional: [String: String]

    public init(
        task: String, config: JSONValue, vocabulary: [String], labels: [String]? = nil,
        characters: [String]? = nil, history: [JSONValue] = [], additional: [String: String] = [:]
    ) {
        precondition(config.objectValue != nil, "config must be an object")
        self.task = task
        self.config = config
        self.vocabulary = vocabulary
        self.labels = labels
        self.characters = characters
        self.history = history
        self.additional = additional
    }

    private enum Key: String, CaseIterable {
        case format, formatVersion = "format_version", task, config, vocabulary, labels
        case characters, history
        case checksum, headerChecksum = "header_checksum"
    }

    private static let formatName = "seqnet"
}

// MARK: - Writing

extension ModelMetadata {
    /// The strings to store under `__metadata__`.
    ///
    /// - Precondition: `additional` uses none of the keys of the format.
    /// - Throws: `SeqNetError(.badData)` when the configuration or the history holds a NaN.
    func strings() throws -> [String: String] {
        var strings = additional
        func set(_ key: Key, _ value: String) {
            precondition(strings[key.rawValue] == nil, "'\(key.rawValue)' is the format's own key")
            strings[key.rawValue] = value
        }
        set(.format, Self.formatName)
        set(.formatVersion, String(Self.formatVersion))
        set(.task, task)
        set(.config, try config.serialized())
        for (key, value) in [
            (Key.vocabulary, vocabulary), (.labels, labels), (.characters, characters),
        ] {
            guard let value else { continue }
            set(key, try JSONValue.array(value.map { .string($0) }).serialized())
        }
        set(.history, try JSONValue.array(history).serialized())
        return strings
    }
}

// MARK: - Reading

extension ModelMetadata {
    /// Checks that these are the strings of a SeqNet model of a version that can be read here.
    ///
    /// - Parameter subject: what the file is, for errors: `model 'a.safetensors'`.
    /// - Throws: `SeqNetError(.badData)`.
    static func checkFormat(_ strings: [String: String], subject: String) throws {
        guard strings[Key.format.rawValue] == formatName else {
            throw SeqNetError(
                .badData, "\(subject): has no SeqNet configuration, another program wrote it; "
                    + "name a file that seqnet train wrote")
        }
        let version = strings[Key.formatVersion.rawValue] ?? ""
        guard let number = Int(version), number >= 1 else {
            throw SeqNetError(
                .badData, "\(subject), metadata 'format_version': expected a number, "
                    + "found '\(version)'; copy or download the file again")
        }
        guard number <= formatVersion else {
            throw SeqNetError(
                .badData, "\(subject): its format version \(number) is newer than version "
                    + "\(formatVersion) of this seqnet; update seqnet")
        }
        let hasData = strings[Key.checksum.rawValue] != nil
        let hasHeader = strings[Key.headerChecksum.rawValue] != nil
        guard hasData == hasHeader else {
            let (held, missing) =
                hasData ? (Key.checksum, Key.headerChecksum) : (.headerChecksum, .checksum)
            throw SeqNetError(
                .badData, "\(subject): has '\(held.rawValue)' but not '\(missing.rawValue)'; copy "
                    + "or download the file again, or, after a change on purpose, leave out both")
        }
    }

    /// Reads the strings under `__metadata__` of a file that ``checkFormat(_:subject:)`` passed.
    init(strings: [String: String], subject: String) throws {
        func required(_ key: Key) throws -> String {
            if let value = strings[key.rawValue] { return value }
            throw SeqNetError(
                .badData, "\(subject): its metadata lacks '\(key.rawValue)'; "
                    + "name a file that seqnet train wrote")
        }
        func parsed(_ key: Key) throws -> JSONValue {
            try JSONValue(
                parsing: try required(key), subject: "\(subject), metadata '\(key.rawValue)'",
                remedy: "copy or download the file again")
        }
        func expected<Value>(_ what: String, _ key: Key, _ value: Value?) throws -> Value {
            if let value { return value }
            throw SeqNetError(
                .badData, "\(subject), metadata '\(key.rawValue)': expected \(what); "
                    + "name a file that seqnet train wrote")
        }
        func array(_ key: Key) throws -> [String] {
            try expected("an array of strings", key, try parsed(key).stringsValue)
        }
        func optionalArray(_ key: Key) throws -> [String]? {
            strings[key.rawValue] == nil ? nil : try array(key)
        }
        task = try required(.task)
        config = try parsed(.config)
        _ = try expected("an object", .config, config.objectValue)
        vocabulary = try array(.vocabulary)
        labels = try optionalArray(.labels)
        characters = try optionalArray(.characters)
        history = try expected("an array", .history, try parsed(.history).arrayValue)
        let own = Set(Key.allCases.map(\.rawValue))
        additional = strings.filter { !own.contains($0.key) }
    }
}
