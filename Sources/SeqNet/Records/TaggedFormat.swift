/// How the lines of a file of tagged sentences are laid out.
enum TaggedFormat: Equatable, Sendable {
    /// Universal Dependencies' format (universaldependencies.org/format.html): ten columns that
    /// tabs divide, the first an id, the second the word; comments begin with `#`.
    case conllu
    /// A word, whatever stands between, and the tag in the last column, as the shared tasks of
    /// CoNLL have it. There are no comments, for `#` begins many a word.
    case columns(Separator)

    /// What divides two columns.
    enum Separator: Sendable {
        /// One tab, so that a column may hold blanks.
        case tab
        /// Any number of blanks.
        case blanks
    }

    /// The names of the columns of CoNLL-U.
    static let conlluNames = [
        "ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC",
    ]

    /// Told by the first line that is neither blank nor may be a comment.
    init(firstLine: [UInt8]) {
        let fields = Self.split(firstLine, .tab)
        if fields.count == 1 {
            self = .columns(.blanks)
        } else if fields.count == Self.conlluNames.count && ConlluID(fields[0]) != nil {
            self = .conllu
        } else {
            self = .columns(.tab)
        }
    }

    /// The index of the word's column.
    var wordColumn: Int { self == .conllu ? 1 : 0 }

    /// The columns of a line.
    func fields(of line: [UInt8]) -> [ArraySlice<UInt8>] {
        switch self {
        case .conllu: Self.split(line, .tab)
        case .columns(let separator): Self.split(line, separator)
        }
    }

    private static func split(_ line: [UInt8], _ separator: Separator) -> [ArraySlice<UInt8>] {
        switch separator {
        case .tab: line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        case .blanks: line.split(separator: UInt8(ascii: " "))
        }
    }
}
