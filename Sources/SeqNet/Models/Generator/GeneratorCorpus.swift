/// The sequences that a generator is trained on, encoded, with their conditions.
public struct GeneratorCorpus: Sendable {
    /// Where the vocabulary and the labels come from.
    public enum Source {
        /// From the training part: tokens within the limits, and every label.
        case training(VocabularyLimits)
        /// Those of a model that training begins with.
        case model(Vocabulary, GeneratorConditions)
    }

    public let vocabulary: Vocabulary
    public let conditions: GeneratorConditions
    /// Whether the training records are tunes in ABC.
    public let holdsTunes: Bool
    public let training: GeneratorPart
    public let validation: GeneratorPart
    public let test: GeneratorPart?
    /// Records of the training files that the split leaves out.
    public let leftOutCount: Int

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - label: where tunes have their labels.
    ///   - seed: decides which records a split puts where.
    /// - Throws: what `ConditionedText.read` throws; `badData` for a part without a record whose label
    ///   the model knows, and for what is no vector of the training's size.
    public init(
        _ files: CorpusFiles, label: TuneLabel, tokenizer: Tokenizer, source: Source, seed: UInt64
    ) throws {
        let parts = try RecordParts(files, seed: seed) {
            try ConditionedText.read(contentsOf: $0, label: label)
        }
        let vocabulary: Vocabulary, conditions: GeneratorConditions
        switch source {
        case .training(let limits):
            var counts = TokenCounts()
            for record in parts.training.records {
                for token in try tokenizer.tokens(inPrompt: record.text, source: record.place) {
                    counts.add(token)
                }
            }
            vocabulary = try Vocabulary(kind: tokenizer.kind, counts: counts, limits: limits)
            conditions = GeneratorConditions(of: parts.training.records.map(\.label))
        case .model(let given, let givenConditions):
            vocabulary = given
            conditions = givenConditions
        }
        func part(_ part: RecordParts<ConditionedText>.Part) throws -> GeneratorPart {
            try GeneratorPart(part.records, name: part.name, tokenizer, vocabulary, conditions)
        }
        self.vocabulary = vocabulary
        self.conditions = conditions
        holdsTunes = parts.training.records.allSatisfy(\.isTune)
        training = try part(parts.training)
        validation = try part(parts.validation)
        test = try parts.test.map(part)
        leftOutCount = parts.leftOutCount
    }
}

/// Encoded sequences with their conditions. Records whose labels the model does not know are left out
/// and counted.
public struct GeneratorPart: Sendable {
    /// What error messages call it.
    public let name: String
    /// Tokens that the vocabulary lacks.
    public let unknownCount: Int
    /// Labels that the model does not know, and how many records of each are left out.
    public let unknownLabels: LabelCounts
    /// With the ends of their sequences.
    let texts: TokenSequences
    let conditions: [GeneratorCondition]

    public var records: Int { conditions.count }
    /// Tokens of all texts, each with its end.
    public var tokens: Int { texts.tokens }

    /// - Throws: `badData` for what is no vector of the right size, a NUL character, and when the model
    ///   knows the label of no record.
    public init(
        _ records: [ConditionedText], name: String, _ tokenizer: Tokenizer, _ vocabulary: Vocabulary,
        _ conditions: GeneratorConditions
    ) throws {
        var texts = TokenSequences(), known: [GeneratorCondition] = []
        var unknown = 0, unknownLabels = LabelCounts()
        for record in records {
            guard let condition = try conditions.known(record.label, place: record.place) else {
                unknownLabels.add(record.label)
                continue
            }
            known.append(condition)
            let encoded = try tokenizer.encode(
                prompt: record.text, with: vocabulary, source: record.place)
            texts.append(encoded.ids + [Int32(vocabulary.count)])
            unknown += encoded.unknownCount
        }
        guard !known.isEmpty else {
            throw SeqNetError(
                .badData, "\(name): has no record with a label that the model knows; the model's are "
                    + "\((conditions.labelNames ?? []).joined(separator: ", ")); those of tunes stand "
                    + "where --label says")
        }
        self.name = name
        self.texts = texts
        self.conditions = known
        self.unknownLabels = unknownLabels
        unknownCount = unknown
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        texts.add(to: &fingerprint)
        for condition in conditions {
            switch condition {
            case .label(let id): fingerprint.add(Int(id))
            case .vector(let values): for value in values { fingerprint.add(Int(value.bitPattern)) }
            }
        }
        return fingerprint.text
    }
}
