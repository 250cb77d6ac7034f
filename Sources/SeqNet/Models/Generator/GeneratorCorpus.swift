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
            try Self.refuseBrokenVector(parts.training.records)
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
        if case .field(let letter) = label, holdsTunes,
            parts.training.records.allSatisfy({ $0.label == TuneLabel.missing })
        {
            throw SeqNetError(
                .badData, "\(parts.training.name): no tune has a field \(letter):; give another --label, "
                    + "or 'file' for the names of the files")
        }
    }

    /// Where most labels are vectors of one size, another one is a mistake and no label.
    private static func refuseBrokenVector(_ records: [ConditionedText]) throws {
        let sizes = records.map { GeneratorConditions.numbers($0.label)?.count ?? 0 }
        let counts = Dictionary(sizes.map { ($0, 1) }, uniquingKeysWith: +)
        guard let (size, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), size > 1,
            count < records.count, 2 * count > records.count,
            let odd = sizes.firstIndex(where: { $0 != size })
        else { return }
        throw SeqNetError(
            .badData, "\(records[odd].place): '\(records[odd].label)' is no vector of \(size) numbers, as "
                + "most labels are; mend it or leave the line out")
    }
}
