/// A file of tagged sentences: CoNLL-U or column CoNLL, told by its content.
///
/// ```swift
/// let file = TaggedFile(path: "train.conllu", column: ColumnReference("XPOS"))
/// try file.forEachSentence { sentence in print(sentence.words, sentence.tags) }
/// ```
public struct TaggedFile: Sendable {
    private let file: TextFile
    private let column: ColumnReference?

    /// What error messages call the file.
    public var name: String { file.name }

    /// - Parameter column: the tag's, by its name in CoNLL-U or by its number; nil is `UPOS` of
    ///   CoNLL-U and the last column otherwise. The word is `FORM`, or the first column.
    public init(path: String, column: ColumnReference? = nil) {
        file = TextFile(path: path)
        self.column = column
    }

    /// Reads the file from front to back; it is never held as a whole.
    ///
    /// Of CoNLL-U, ranges such as `8-9` and empty nodes such as `8.1` are no words.
    /// - Throws: `cannotRead`; `badData` for a file that is empty, compressed, not UTF-8 or not
    ///   strictly of its format, with its line; `usage` for a column that is not there; whatever
    ///   `body` throws.
    public func forEachSentence(_ body: (TaggedSentence) throws -> Void) throws {
        var scanner = TaggedSentenceScanner(source: name, column: column)
        var isEmpty = true
        func emit(_ sentence: TaggedSentence) throws {
            isEmpty = false
            try body(sentence)
        }
        try file.forEachLine { try scanner.take($0, emit: emit) }
        try scanner.finish(emit: emit)
        if isEmpty {
            throw SeqNetError(
                .badData, "\(name): holds no sentences; give lines of a word and its tag, and a "
                    + "blank line between two sentences")
        }
    }
}
