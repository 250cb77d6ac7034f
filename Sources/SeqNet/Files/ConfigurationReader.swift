/// Reads the configuration of a model file key by key.
struct ConfigurationReader {
    private let config: JSONValue
    private let path: String

    init(_ file: ModelFile) {
        config = file.metadata.config
        path = file.path
    }

    /// A value of the key, as `read` takes it.
    /// - Throws: `.badData` that names the file and the key when there is none.
    func value<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws -> Value {
        if let value = config[key].flatMap(read) { return value }
        throw fault(
            "'\(key)' is missing or of a wrong type; the file is damaged, or another program changed it")
    }

    /// The same of a key that files of earlier versions lack.
    func value<Value>(
        _ key: String, default standard: Value, _ read: (JSONValue) -> Value?
    ) throws -> Value {
        config[key] == nil ? standard : try value(key, read)
    }

    /// A value that is one of a few names.
    func choice<Value: RawRepresentable<String>>(_ key: String) throws -> Value {
        try value(key) { $0.stringValue.flatMap(Value.init(rawValue:)) }
    }

    /// What `make` makes of the values, whose checks speak of options: a value out of range here is a
    /// fault of the file.
    /// - Throws: `.badData` that names the file and the key.
    func checked<Value>(_ make: () throws -> Value) throws -> Value {
        do {
            return try make()
        } catch let error as SeqNetError where error.kind == .usage {
            throw fault(
                Self.namingKey(error.message) + "; the file is damaged or another program changed it, use another copy")
        }
    }

    /// "--hidden-size -3: …" with the key in place of the option.
    private static func namingKey(_ message: String) -> String {
        guard message.hasPrefix("--") else { return message }
        let name = message.dropFirst(2).prefix { $0.isLetter || $0 == "-" }
        let key = name.split(separator: "-").joined(separator: "_")
        return "'\(key)'\(message.dropFirst(2 + name.count))"
    }

    func fault(_ what: String) -> SeqNetError {
        SeqNetError(.badData, "model '\(path)', configuration: \(what)")
    }
}
