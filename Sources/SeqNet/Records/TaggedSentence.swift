/// A sentence of a CoNLL file: words, and a tag of each.
public struct TaggedSentence: Equatable, Sendable {
    /// What error messages call the file.
    public let source: String
    /// The line of its first word, counted from 1.
    public let line: Int
    /// Never empty, none of them empty.
    public let words: [String]
    /// One a word, none of them empty.
    public let tags: [String]
    /// Whether it is the rest of a longer one that was cut.
    public let isRest: Bool

    public init(
        source: String, line: Int, words: [String], tags: [String], isRest: Bool = false
    ) {
        precondition(!words.isEmpty && words.count == tags.count, "a tag for each of the words")
        self.source = source
        self.line = line
        self.words = words
        self.tags = tags
        self.isRest = isRest
    }

    /// The sentence in pieces of at most `most` words, in order.
    func cut(atMost most: Int) -> [TaggedSentence] {
        if words.count <= most { return [self] }
        return stride(from: 0, to: words.count, by: most).map { start in
            let range = start..<min(start + most, words.count)
            return TaggedSentence(
                source: source, line: line, words: Array(words[range]), tags: Array(tags[range]),
                isRest: isRest || start > 0)
        }
    }
}
