extension LanguageModelConfiguration {
    /// As it stands in a model file's configuration.
    public var json: [String: JSONValue] {
        var object: [String: JSONValue] = [
            "cell": .string(cell.name), "hidden_size": .integer(hiddenSize),
            "layers": .integer(layers), "embedding_size": .integer(embeddingSize),
            "dropout": .float(dropout), "tie_weights": .bool(tieWeights),
            "tokens": .string(tokenizer.kind.rawValue), "lowercase": .bool(tokenizer.lowercase),
            "split_punctuation": .bool(tokenizer.splitPunctuation),
        ]
        switch cell {
        case .rnn(let activation): object["activation"] = .string(activation.rawValue)
        case .gru(let form): object["gru_form"] = .string(form.rawValue)
        case .lstm: break
        }
        return object
    }

    /// Reads what `json` wrote.
    /// - Throws: `.badData` that names the file and the key.
    init(_ config: JSONValue, source: String) throws {
        func value<Value>(_ key: String, _ read: (JSONValue) -> Value?) throws -> Value {
            if let value = config[key].flatMap(read) { return value }
            throw SeqNetError(
                .badData, "model '\(source)', configuration: '\(key)' is missing or of a wrong type; "
                    + "the file is damaged, or another program changed it")
        }
        func named<Value: RawRepresentable>(_ key: String, _ type: Value.Type) throws -> Value
        where Value.RawValue == String {
            try value(key) { $0.stringValue.flatMap(Value.init(rawValue:)) }
        }
        let cell: Cell =
            switch try value("cell", \.stringValue) {
            case "rnn": .rnn(try named("activation", Cell.RNNActivation.self))
            case "gru": .gru(try named("gru_form", Cell.GRUForm.self))
            case "lstm": .lstm
            case let other:
                throw SeqNetError(
                    .badData, "model '\(source)', configuration: unknown cell '\(other)'; update seqnet")
            }
        try self.init(
            cell: cell, hiddenSize: value("hidden_size", \.intValue),
            layers: value("layers", \.intValue), embeddingSize: value("embedding_size", \.intValue),
            dropout: Float(value("dropout", \.doubleValue)),
            tieWeights: value("tie_weights", \.boolValue),
            tokenizer: Tokenizer(
                kind: named("tokens", TokenKind.self), lowercase: value("lowercase", \.boolValue),
                splitPunctuation: value("split_punctuation", \.boolValue)))
    }
}

extension LanguageModel {
    /// Loads a model for inference.
    ///
    /// ```swift
    /// let model = try LanguageModel(contentsOf: "runs/lm-input-1", KernelContext())
    /// ```
    /// - Parameters:
    ///   - path: a model file or a run's folder.
    ///   - context: sessions on the model use the same instruction set.
    ///   - weights: how they are kept; see `WeightType`.
    /// - Throws: `.cannotRead`; `.badData` for a damaged or foreign file, or another task's.
    public convenience init(
        contentsOf path: String, _ context: KernelContext, weights: WeightType = .f32
    ) throws {
        try self.init(ModelFile(path: path), context, weights: weights)
    }

    /// Loads a model from an open file; see `init(contentsOf:_:weights:)`.
    public convenience init(
        _ file: ModelFile, _ context: KernelContext, weights: WeightType = .f32
    ) throws {
        guard file.metadata.task == "lm" else {
            throw SeqNetError(
                .badData, "model '\(file.path)': was made by 'seqnet train \(file.metadata.task)', "
                    + "and this needs a language model; name one that 'seqnet train lm' made")
        }
        let configuration = try LanguageModelConfiguration(file.metadata.config, source: file.path)
        let vocabulary = try Vocabulary(
            kind: configuration.tokenizer.kind, tokens: file.metadata.vocabulary,
            source: "model '\(file.path)'")
        try Self.checkSizes(configuration, vocabulary, file)
        self.init(configuration, vocabulary: vocabulary)
        try parameters.read(from: file)
        parameters.roundMatrices(to: weights)
        parameters.pack(context, backward: false, as: weights)
    }

    /// Refuses sizes that the file's tensors do not have, before memory for them is asked for.
    private static func checkSizes(
        _ configuration: LanguageModelConfiguration, _ vocabulary: Vocabulary, _ file: ModelFile
    ) throws {
        _ = try file.floats(
            named: "embedding.weight", shape: [vocabulary.count, configuration.embeddingSize])
        let rows = configuration.cell.gates * configuration.hiddenSize
        for layer in 0..<configuration.layers {
            _ = try file.floats(
                named: "rnn.weight_hh_l\(layer)", shape: [rows, configuration.hiddenSize])
        }
    }

    /// Copies the parameters of another model of the same shape, for fine-tuning.
    /// - Throws: `.usage` when a parameter is missing there or has another shape.
    public func copyParameters(from other: LanguageModel) throws {
        let theirs = Dictionary(
            uniqueKeysWithValues: other.parameters.parameters.map { ($0.name, $0) })
        for parameter in parameters.parameters {
            guard let source = theirs[parameter.name], source.shape == parameter.shape else {
                throw SeqNetError(
                    .usage, "--init-from: '\(parameter.name)' is "
                        + "\(theirs[parameter.name]?.shape.description ?? "missing") there and "
                        + "\(parameter.shape) here; use the sizes and tokens of that model")
            }
            parameter.values.update(from: source.values, count: parameter.count)
        }
    }
}
