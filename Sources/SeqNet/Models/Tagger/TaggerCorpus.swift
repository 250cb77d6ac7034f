/// The tagged sentences of a training run, and what a tagger makes of them: its vocabulary and its
/// tags, both of the training part alone.
///
/// ```swift
/// let corpus = try TaggerCorpus(
///     CorpusFiles(training: ["train.conllu"], validation: ["dev.conllu"]),
///     source: .training(VocabularyLimits(minimumCount: 2), lowercase: true), seed: 1)
/// ```
public struct TaggerCorpus: Sendable {
    /// Where the vocabulary and the tags come from.
    public enum Source: Sendable {
        /// From the training part.
        case training(VocabularyLimits, lowercase: Bool)
        /// Those of a model that training begins with.
        case model(WordVocabulary, TagSet)
    }

    public let vocabulary: WordVocabulary
    public let tagSet: TagSet
    public let training: TaggerPart
    public let validation: TaggerPart
    public let test: TaggerPart?
    /// Sentences of the training files that the split leaves out.
    public let leftOutCount: Int
    /// The ids that a model learns for the tags of each training sentence.
    let targets: TokenSequences

    /// Reads the files.
    ///
    /// - Parameters:
    ///   - column: that of the tags, in every file; see `TaggedFile`.
    ///   - seed: decides which sentences a split puts where.
    /// - Throws: as `TaggedFile.forEachSentence` does; `badData` for a part without a sentence, for
    ///   training tags that are all the same, and for one that a given model does not know;
    ///   `usage` for limits that leave no room for a word.
    public init(
        _ files: CorpusFiles, column: ColumnReference? = nil, source: Source, seed: UInt64
    ) throws {
        let parts = try RecordParts(files, seed: seed) {
            try TaggedFile(path: $0, column: column).sentences()
        }
        let sentences = parts.training.records
        let vocabulary: WordVocabulary, tagSet: TagSet
        switch source {
        case .training(let limits, let lowercase):
            vocabulary = try WordVocabulary(
                training: sentences.lazy.map(\.words), limits: limits, lowercase: lowercase)
            tagSet = TagSet(training: sentences.map(\.tags))
            guard tagSet.tags.count > 1 else {
                throw SeqNetError(
                    .badData, "\(parts.training.name): every tag is '\(tagSet.tags[0])'; give another "
                        + "--column, or sentences of two tags at least")
            }
        case .model(let given, let givenTags):
            vocabulary = given
            tagSet = givenTags
        }
        self.vocabulary = vocabulary
        self.tagSet = tagSet
        targets = try Self.targets(of: sentences, tagSet)
        func part(_ part: RecordParts<TaggedSentence>.Part) -> TaggerPart {
            TaggerPart(part.records, name: part.name, vocabulary, tagSet)
        }
        training = part(parts.training)
        validation = part(parts.validation)
        test = parts.test.map(part)
        leftOutCount = parts.leftOutCount
    }

    private static func targets(
        of sentences: [TaggedSentence], _ tagSet: TagSet
    ) throws -> TokenSequences {
        var targets = TokenSequences()
        for sentence in sentences {
            guard let ids = tagSet.learned(sentence.tags) else {
                throw SeqNetError(
                    .badData, "\(sentence.source), line \(sentence.line): the sentence there has a tag "
                        + "that the model of --init-from does not know (it knows "
                        + "\(tagSet.tags.joined(separator: ", "))); train without --init-from")
            }
            targets.append(ids)
        }
        return targets
    }
}
