import SeqNet

/// Tags of a file that a tagger cannot know: those of another column or scheme than it learned.
///
/// A word more of a type that training had not is no such matter. But where most tags are strange,
/// the column is the wrong one, and the scores say nothing.
struct ForeignTags {
    private let path: String
    private let tagSet: TagSet
    private let words: Int
    private var foreign = LabelCounts()

    /// Tags that are shown, of the file and of the model.
    private static let mostNamed = 5

    /// - Parameters:
    ///   - path: of a file that was read once already.
    ///   - column: of its tags.
    /// - Throws: as `TaggedFile.forEachSentence` does.
    init(in path: String, column: ColumnReference?, _ tagSet: TagSet) throws {
        let known = Set(tagSet.tags.map { Array($0.utf8) })
        var words = 0, foreign = LabelCounts()
        try TaggedFile(path: path, column: column).forEachSentence { sentence in
            words += sentence.tags.count
            for (tag, meant) in zip(sentence.tags, tagSet.scheme.normalized(sentence.tags))
            where Self.isForeign(tag, meant, known, tagSet.scheme) {
                foreign.add(tag)
            }
        }
        self.path = path
        self.tagSet = tagSet
        self.words = words
        self.foreign = foreign
    }

    /// - Parameter meant: what the tag becomes in the model's scheme.
    private static func isForeign(
        _ tag: String, _ meant: String, _ known: Set<[UInt8]>, _ scheme: TagScheme
    ) -> Bool {
        if known.contains(Array(tag.utf8)) { return false }
        // What marks no entity is made an O, which the model knows.
        let isMeant = !scheme.marksEntities || TagScheme(of: [tag]).marksEntities
        return !isMeant || !known.contains(Array(meant.utf8))
    }

    /// What to tell: nothing unless most of the tags are foreign.
    /// - Throws: `badData` when all of them are.
    func note() throws -> String? {
        guard 2 * foreign.total > words else { return nil }
        let found = Self.named(foreign.mostFrequent.map(\.label))
        let share = foreign.total == words ? "none of its tags is known" : "most of its tags are unknown"
        let text = "\(path): \(share) to the model: it has \(found), and the model "
            + "\(Self.named(tagSet.tags)); is --column the right one?"
        if foreign.total == words { throw SeqNetError(.badData, text) }
        return text
    }

    private static func named(_ tags: [String]) -> String {
        let shown = tags.prefix(mostNamed).map(LabelText.quoted).joined(separator: ", ")
        return tags.count > mostNamed ? shown + ", …" : shown
    }
}
