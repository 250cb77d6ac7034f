import SeqNet

/// Decides each option: the command line wins over the configuration file, that over the model
/// that a run begins with, and that over the default.
struct OptionResolver {
    private let file: [String: JSONValue]
    private let source: String
    private var known: Set<String> = []
    /// The options as they were decided, keys in snake_case: what a run writes to config.json.
    private(set) var decided: [String: JSONValue] = [:]

    /// Options given on the command line that differ from those of a run that is resumed are
    /// refused, but for these: the data is compared by content, the others may change.
    private static let freeOnResume: Set<String> = [
        "epochs", "max_steps", "train", "valid", "test", "init_from",
    ]
    private let isResuming: Bool

    /// The options of the model that a run begins with, and its path.
    private var start: (options: [String: JSONValue], path: String)?
    /// Options that the weights of a model settle.
    private static let settledByModel: Set<String> = [
        "cell", "activation", "gru_form", "hidden_size", "layers", "embedding_size", "tie_weights",
        "bidirectional", "pooling", "condition",
        "attention", "input_feeding", "tie_embeddings",
        "character_lstm", "crf", "lowercase_words",
        "target", "features", "context", "horizon", "subtract_last", "subtract_linear",
        "tokens", "lowercase", "split_punctuation",
    ]

    /// Options that a model's are the default of.
    private static let suggestedByModel: Set<String> = ["label"]

    private let task: String
    /// By which configuration files tell the task.
    private static let taskKey = "task"

    /// - Parameters:
    ///   - task: of the run.
    ///   - path: a JSON file of options; nil for none.
    ///   - isResuming: whether the file is that of a run that is resumed.
    /// - Throws: `usage` for a file of another task.
    init(task: String, configPath path: String?, isResuming: Bool = false) throws {
        self.task = task
        self.isResuming = isResuming
        decided[Self.taskKey] = .string(task)
        known.insert(Self.taskKey)
        source = path ?? ""
        guard let path else {
            file = [:]
            return
        }
        guard let object = try JSONValue(contentsOfFile: path).objectValue else {
            throw SeqNetError(
                .usage, "config '\(path)': expected a JSON object of options; a run's config.json is one")
        }
        file = object
        try requireTask()
    }

    /// Refuses a file of another task, whose options would be called unknown.
    private func requireTask() throws {
        guard let other = file[Self.taskKey], other != .null, other != .string(task) else { return }
        guard let name = other.stringValue else {
            throw SeqNetError(
                .usage, "config '\(source)': '\(Self.taskKey)' is no name of a task; give '\(task)'")
        }
        throw SeqNetError(
            .usage, "config '\(source)': is of the task '\(name)'; use 'seqnet train \(name)', or "
                + "name another \(isResuming ? "run" : "configuration")")
    }

    /// Takes what the weights of a model settle from that model.
    /// - Throws: `badData` for a model of another task.
    mutating func begin(with model: ModelFile) throws {
        try model.require(task: task)
        let options = model.metadata.config.objectValue ?? [:]
        start = (options, model.path)
    }

    /// Whether the run begins with the weights and vocabulary of a model.
    var beginsWithModel: Bool { start != nil }

    /// The value of an option that may be absent.
    mutating func optional<Value>(
        _ key: String, _ given: Value?, _ write: (Value) -> JSONValue, _ read: (JSONValue) -> Value?
    ) throws -> Value? {
        known.insert(key)
        var value = given
        if let entry = file[key], entry != .null {
            guard let saved = read(entry) else { throw wrongType(key, entry) }
            if let given, isResuming, write(given) != write(saved), !Self.freeOnResume.contains(key) {
                throw SeqNetError(
                    .usage,
                    "--resume: \(Self.option(key)) \(try write(given).serialized()) differs from the "
                        + "run's \(try write(saved).serialized()); leave it out, or begin a new run")
            }
            value = given ?? saved
        }
        if let start, Self.settledByModel.contains(key) {
            value = try settle(key, value, start, write, read)
        } else if let start, value == nil, Self.suggestedByModel.contains(key) {
            value = start.options[key].flatMap(read)
        }
        decided[key] = value.map(write) ?? .null
        return value
    }

    /// The value in the model that the run begins with; another one is refused.
    private func settle<Value>(
        _ key: String, _ value: Value?, _ start: (options: [String: JSONValue], path: String),
        _ write: (Value) -> JSONValue, _ read: (JSONValue) -> Value?
    ) throws -> Value? {
        let settled = start.options[key].flatMap(read)
        if let value, settled.map(write) != write(value) {
            throw SeqNetError(
                .usage,
                "--init-from '\(start.path)': \(Self.option(key)) \(try write(value).serialized()) "
                    + "differs from \(try settled.map(write)?.serialized() ?? "none") there; leave it out")
        }
        return settled
    }

    /// The value of an option with a default.
    mutating func value<Value>(
        _ key: String, _ given: Value?, default standard: Value, _ write: (Value) -> JSONValue,
        _ read: (JSONValue) -> Value?
    ) throws -> Value {
        let value = try optional(key, given, write, read) ?? standard
        decided[key] = write(value)
        return value
    }

    /// Sets what a run writes of an option, where other options decide on it.
    mutating func decide<Choice: RawRepresentable<String>>(_ key: String, _ value: Choice?) {
        decided[key] = value.map { .string($0.rawValue) } ?? .null
    }

    /// Refuses keys of the file that no option asked for.
    func refuseUnknownKeys() throws {
        guard let key = file.keys.filter({ !known.contains($0) }).min() else { return }
        throw SeqNetError(
            .usage, "config '\(source)': there is no option '\(key)'; remove it, or mend its spelling")
    }

    private func wrongType(_ key: String, _ entry: JSONValue) -> SeqNetError {
        SeqNetError(
            .usage, "config '\(source)': '\(key)' cannot be \((try? entry.serialized()) ?? "that"); "
                + "give what \(Self.option(key)) takes")
    }

    private static func option(_ key: String) -> String {
        "--" + key.split(separator: "_").joined(separator: "-")
    }
}

extension OptionResolver {
    mutating func integer(_ key: String, _ given: Int?, default standard: Int) throws -> Int {
        try value(key, given, default: standard, { .integer($0) }, \.intValue)
    }

    mutating func integer(_ key: String, _ given: Int?) throws -> Int? {
        try optional(key, given, { .integer($0) }, \.intValue)
    }

    mutating func number(_ key: String, _ given: Float?, default standard: Float) throws -> Float {
        try value(key, given, default: standard, Self.write, Self.readFloat)
    }

    mutating func number(_ key: String, _ given: Float?) throws -> Float? {
        try optional(key, given, Self.write, Self.readFloat)
    }

    mutating func flag(
        _ key: String, _ given: Bool?, default standard: Bool = false
    ) throws -> Bool {
        try value(key, given, default: standard, { .bool($0) }, \.boolValue)
    }

    mutating func string(_ key: String, _ given: String?) throws -> String? {
        try optional(key, given, { .string($0) }, \.stringValue)
    }

    mutating func strings(_ key: String, _ given: [String]) throws -> [String] {
        try value(
            key, given.isEmpty ? nil : given, default: [], { .array($0.map { .string($0) }) },
            \.stringsValue)
    }

    mutating func choice<Value: RawRepresentable>(
        _ key: String, _ given: Value?, default standard: Value
    ) throws -> Value where Value.RawValue == String {
        try value(
            key, given, default: standard, { .string($0.rawValue) },
            { $0.stringValue.flatMap(Value.init(rawValue:)) })
    }

    mutating func choice<Value: RawRepresentable>(_ key: String, _ given: Value?) throws -> Value?
    where Value.RawValue == String {
        try optional(
            key, given, { .string($0.rawValue) }, { $0.stringValue.flatMap(Value.init(rawValue:)) })
    }

    /// A NaN or infinity is left to the option's own check, which names the range.
    private static func write(_ value: Float) -> JSONValue {
        value.isFinite ? .number(Double(value.description)!) : .string("\(value)")
    }

    private static func readFloat(_ value: JSONValue) -> Float? { value.doubleValue.map { Float($0) } }
}
