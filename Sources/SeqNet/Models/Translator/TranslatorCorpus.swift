/// The sentence pairs that a translator is trained on, encoded.
public struct TranslatorCorpus: Sendable {
    /// Where the vocabularies come from.
    public enum Source {
        /// From the training part.
        case training(VocabularyLimits)
        /// Those of a model that training begins with.
        case model(TranslatorText)
    }

    public let text: TranslatorText
    public let training: TranslatorPart
    public let validation: TranslatorPart
    public let test: TranslatorPart?
    /// Pairs of the training files that the split leaves out.
    public let leftOutCount: Int

    /// Reads the files.
    ///
    /// - Parameter seed: decides which pairs a split puts where.
    /// - Throws: what `ParallelFile` throws; `badData` for a part without a pair.
    public init(
        _ files: CorpusFiles, tokenizer: Tokenizer, source: Source, seed: UInt64
    ) throws {
        let parts = try RecordParts(files, seed: seed) { try ParallelFile(contentsOf: $0).pairs }
        let text =
            switch source {
            case .training(let limits):
                try TranslatorText(of: parts.training.records, tokenizer, limits)
            case .model(let given): given
            }
        func part(_ part: RecordParts<SentencePair>.Part) throws -> TranslatorPart {
            try TranslatorPart(part.records, name: part.name, tokenizer, text)
        }
        self.text = text
        training = try part(parts.training)
        validation = try part(parts.validation)
        test = try parts.test.map(part)
        leftOutCount = parts.leftOutCount
    }
}
