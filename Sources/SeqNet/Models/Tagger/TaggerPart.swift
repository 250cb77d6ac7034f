/// The training, validation or test part of tagged sentences, in memory.
public struct TaggerPart: Sendable {
    /// What error messages call it.
    public let name: String
    /// The tags of each sentence, as the model's scheme writes them. Those that the training part
    /// has not are kept: a tagger cannot know them, and is measured by them all the same.
    public let tags: [[String]]
    /// Tags that made no sense where they stand, and were changed.
    public let mendedTagCount: Int
    /// Tags that were not seen in training.
    public let unknownTags: LabelCounts
    /// Sentences longer than `Tagger.mostWords`, which were cut.
    public let cutCount: Int
    /// The different words.
    let table: WordTable
    /// The words of each sentence, as indices in `table`.
    let words: TokenSequences

    /// - Parameter sentences: of at most `Tagger.mostWords` words.
    init(_ sentences: [TaggedSentence], name: String, _ vocabulary: WordVocabulary, _ tagSet: TagSet) {
        var table = WordTable(vocabulary), words = TokenSequences()
        for sentence in sentences { words.append(table.indices(of: sentence.words)) }
        self.table = table
        self.words = words
        self.name = name
        tags = sentences.map { sentence in
            zip(sentence.tags, tagSet.scheme.normalized(sentence.tags)).map { tag, mended in
                tagSet.isForeign(tag) ? tag : mended
            }
        }
        mendedTagCount = zip(tags, sentences).reduce(0) { sum, pair in
            sum + zip(pair.0, pair.1.tags).count { !$0.utf8.elementsEqual($1.utf8) }
        }
        var unknown = LabelCounts()
        for tag in tags.joined() where tagSet.index(of: tag) == nil { unknown.add(tag) }
        unknownTags = unknown
        let places = sentences.indices
        cutCount = places.dropFirst().count { sentences[$0].isRest && !sentences[$0 - 1].isRest }
    }

    /// Reads a file for the evaluation of a model.
    ///
    /// - Throws: as `TaggedFile.forEachSentence` does.
    public init(
        contentsOf path: String, column: ColumnReference?, vocabulary: WordVocabulary, tagSet: TagSet
    ) throws {
        let file = TaggedFile(path: path, column: column)
        self.init(try file.sentences(), name: file.name, vocabulary, tagSet)
    }

    public var sentenceCount: Int { words.count }

    public var wordCount: Int { words.tokens }

    /// Words that the vocabulary lacks. A `<unk>` that the text spells out is not counted.
    public var unknownWordCount: Int {
        (0..<words.count).reduce(0) { sum, sentence in
            sum + words[sentence].count { table.isUnknown[Int($0)] }
        }
    }

    /// A hash of all that a run would learn from.
    var fingerprint: String {
        var fingerprint = Fingerprint()
        words.add(to: &fingerprint)
        for id in table.ids { fingerprint.add(Int(id)) }
        for characters in table.characters {
            fingerprint.add(characters.count)
            for character in characters { fingerprint.add(Int(character)) }
        }
        for tag in tags.joined() { fingerprint.add(Array(tag.utf8)[...]) }
        return fingerprint.text
    }
}

extension TaggedFile {
    /// All sentences, those that are longer than `Tagger.mostWords` cut.
    /// - Throws: as `forEachSentence` does.
    func sentences() throws -> [TaggedSentence] {
        var sentences: [TaggedSentence] = []
        try forEachSentence { sentences += $0.cut(atMost: Tagger.mostWords) }
        return sentences
    }
}
