/// The texts and labels that a classifier is trained on, encoded.
public struct ClassifierCorpus: Sendable {
    /// Where the vocabulary and the labels come from.
    public enum Source {
        /// From the training part: tokens within the limits, and every label.
        case training(VocabularyLimits)
        /// Those of a model that training begins with.
        case model(Vocabulary, LabelSet)
    }

    public let vocabulary: Vocabulary
    public let labels: LabelSet
    public let training: ClassifierPart
    public let validation: ClassifierPart
    public let test: ClassifierPart?
    /// Records of the training files that the split leaves out.
    public let leftOutCount: Int

    /// Reads the files.
    ///
    /// - Parameter seed: decides which records a split puts where.
    /// - Throws: what `TextColumns.read` throws; `badData` for a part without a record, and for
    ///   training records that all have one label.
    public init(
        _ files: CorpusFiles, columns: TextColumns, tokenizer: Tokenizer, source: Source, seed: UInt64
    ) throws {
        let parts = try RecordParts(files, seed: seed, read: columns.read)
        let vocabulary: Vocabulary, labels: LabelSet
        switch source {
        case .training(let limits):
            var counts = TokenCounts()
            for record in parts.training.records {
                for token in try tokenizer.tokens(inPrompt: record.text) { counts.add(token) }
            }
            vocabulary = try Vocabulary(kind: tokenizer.kind, counts: counts, limits: limits)
            labels = LabelSet(of: parts.training.records.map(\.label))
            guard labels.count > 1 else {
                throw SeqNetError(
                    .badData, "\(parts.training.name): every label is '\(labels.names[0])'; "
                        + "give records of two labels at least, or another --label-column")
            }
        case .model(let given, let givenLabels):
            vocabulary = given
            labels = givenLabels
        }
        self.vocabulary = vocabulary
        self.labels = labels
        func part(_ part: RecordParts<LabelledText>.Part) throws -> ClassifierPart {
            try ClassifierPart(part.records, name: part.name, tokenizer, vocabulary, labels)
        }
        training = try part(parts.training)
        validation = try part(parts.validation)
        test = try parts.test.map(part)
        leftOutCount = parts.leftOutCount
        guard training.records > training.unknownLabels.total else {
            throw SeqNetError(
                .badData, "\(training.name): has no text with a label that the model knows; "
                    + "the model's are \(labels.names.joined(separator: ", "))")
        }
    }
}
