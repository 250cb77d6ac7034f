/// The text of a training run as token ids: read once, in one streaming pass, into a
/// temporary file that is mapped into memory. It may be larger than memory, and nothing
/// is left behind when the program ends, however it ends.
///
///     let files = try CorpusFiles(
///         training: ["shakespeare.txt"],
///         split: .fractions(train: 0.9, validation: 0.05, test: 0.05))
///     let corpus = try Corpus(
///         files, tokenizer: Tokenizer(kind: .characters),
///         vocabulary: .training(VocabularyLimits()), scratchFolder: "/tmp")
///     corpus.vocabulary.count   // 66
public struct Corpus: Sendable {
    /// The dictionary, made from the training part alone or taken from a model.
    public let vocabulary: Vocabulary
    public let training: CorpusPart
    /// Nil when neither a file nor the split gives one.
    public let validation: CorpusPart?
    /// Nil when neither a file nor the split gives one.
    public let test: CorpusPart?
    /// Tokens of the training text that the split leaves out.
    public let leftOutCount: Int

    /// Reads the texts of a training run.
    ///
    /// While it reads, the scratch folder holds up to two ids a token, after that one (of
    /// 1, 2 or 4 bytes); memory holds every distinct token.
    ///
    /// - Parameters:
    ///   - files: the texts, and how the training text is cut.
    ///   - vocabulary: how to make the dictionary, or the one to use.
    ///   - scratchFolder: where the temporary files go. It must exist.
    ///   - onProgress: told how many bytes of all texts have been read.
    /// - Throws: `cannotRead` for a file that is missing or unreadable; `badData` for one
    ///   that is empty, compressed, binary or not UTF-8, and for a text too short to be
    ///   cut; `cannotWrite` if the scratch folder is full; `usage` for limits that
    ///   contradict the tokens.
    /// - Precondition: a given vocabulary is of the tokenizer's kind.
    public init(
        _ files: CorpusFiles, tokenizer: Tokenizer, vocabulary source: VocabularySource,
        scratchFolder: String, onProgress: (Int) -> Void = { _ in }
    ) throws {
        var reader = try CorpusReader(tokenizer, scratchFolder: scratchFolder)
        let layout = try CorpusLayout(reading: files, with: &reader, onProgress: onProgress)
        let encoder = try reader.finish(
            vocabulary: source, trainingRange: layout.training.range)
        let optional = [layout.validation, layout.test]
        let parts = try encoder.encode([layout.training] + optional.compactMap { $0 })
        vocabulary = encoder.vocabulary
        training = parts[0]
        validation = layout.validation == nil ? nil : parts[1]
        test = layout.test == nil ? nil : parts.last
        leftOutCount = layout.leftOutCount
    }

    /// Reads texts with the vocabulary of a model, for evaluation.
    ///
    /// - Parameter onProgress: told how many bytes of all texts have been read.
    /// - Returns: the texts one after another; it says how many tokens are unknown.
    /// - Throws: as `init` does.
    /// - Precondition: the vocabulary is of the tokenizer's kind, `paths` is not empty.
    public static func encode(
        _ paths: [String], tokenizer: Tokenizer, vocabulary: Vocabulary, scratchFolder: String,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> CorpusPart {
        precondition(!paths.isEmpty, "no text to encode")
        var reader = try CorpusReader(tokenizer, scratchFolder: scratchFolder)
        for path in paths { try reader.read(path, onProgress: onProgress) }
        let part = CorpusLayout.Part(name: CorpusLayout.name(of: paths), range: 0..<reader.count)
        let encoder = try reader.finish(vocabulary: .model(vocabulary), trainingRange: part.range)
        return try encoder.encode([part])[0]
    }
}
