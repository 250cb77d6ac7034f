/// Gathers the lines of a CoNLL-U or column CoNLL file into sentences.
///
/// It is strict, so that nothing is read as what it was not meant to be: all lines have as many
/// columns, ids count up, and one blank line stands between two sentences. `TaggedFormat` says
/// how a line is cut.
struct TaggedSentenceScanner {
    /// What error messages call the file.
    let source: String
    /// Told by the first line that is surely no comment; nil until then.
    private(set) var format: TaggedFormat?

    private let column: ColumnReference?
    /// Lines before the format is known.
    private var heldLines: [TextLine] = []
    /// How many columns each line has, and which of them is the tag's.
    private var columns = 0, tagColumn = 0

    /// The present sentence, and the line of its first word.
    private var words: [String] = [], tags: [String] = []
    private var firstLine = 0
    /// Whether a blank line has something to end: a sentence, or the mark of a document.
    private var isOpen = false
    /// The first blank line since then that ends nothing.
    private var blankLine: Int?
    /// The last word that a range promised, and the line of the range.
    private var promised: (word: Int, line: Int)?

    /// - Parameter column: the tag's; nil is `UPOS` of CoNLL-U and the last one otherwise.
    init(source: String, column: ColumnReference?) {
        self.source = source
        self.column = column
    }

    /// Takes the next line of the file.
    ///
    /// - Parameter emit: called with the sentence that it ends.
    /// - Throws: `badData` that names the line; `usage` for a column that is not there; whatever
    ///   `emit` throws.
    mutating func take(_ line: TextLine, emit: (TaggedSentence) throws -> Void) throws {
        if format == nil {
            let tellsNothing = line.isBlank || line.bytes.first == Self.hash || Self.isDocumentMark(line)
            if tellsNothing { return heldLines.append(line) }
            try begin(line, emit)
        }
        try takeLine(line, emit)
    }

    /// Takes the end of the file, which ends a sentence as a blank line does.
    mutating func finish(emit: (TaggedSentence) throws -> Void) throws { try endSentence(emit) }

    private static let hash = UInt8(ascii: "#")

    /// CoNLL-2003 marks the start of a document by such a line, where a sentence could stand.
    private static func isDocumentMark(_ line: TextLine) -> Bool {
        line.bytes.starts(with: "-DOCSTART-".utf8)
    }

    /// Tells the format, finds the column, and takes the lines that were held.
    private mutating func begin(
        _ line: TextLine, _ emit: (TaggedSentence) throws -> Void
    ) throws {
        let format = TaggedFormat(firstLine: line.bytes)
        self.format = format
        columns = format.fields(of: line.bytes).count
        if columns < 2 {
            throw fault(
                "has one column; give a word and its tag, divided by a tab or by blanks", line.number)
        }
        let isSpaced = format == .columns(.blanks) && columns == TaggedFormat.conlluNames.count
        if isSpaced, ConlluID(format.fields(of: line.bytes)[0]) != nil {
            throw fault(
                "looks like CoNLL-U whose tabs have become blanks; divide the columns by tabs",
                line.number)
        }
        let place = "\(source), line \(line.number),"
        if format == .conllu {
            tagColumn = try (column ?? ColumnReference("UPOS"))
                .index(in: TaggedFormat.conlluNames, of: columns, option: "--column", source: place)
        } else {
            tagColumn =
                try column?.index(in: nil, of: columns, option: "--column", source: place)
                ?? columns - 1
        }
        for held in heldLines { try takeLine(held, emit) }
        heldLines = []
    }

    private mutating func takeLine(
        _ line: TextLine, _ emit: (TaggedSentence) throws -> Void
    ) throws {
        if line.isBlank {
            if !isOpen { blankLine = blankLine ?? line.number }
            return try endSentence(emit)
        }
        let isComment = format == .conllu && line.bytes.first == Self.hash
        if isComment { return }
        if let blankLine {
            throw fault(
                "is blank, and no sentence ends there, with one to come after it; delete it", blankLine)
        }
        if format != .conllu && Self.isDocumentMark(line) {
            try endSentence(emit)
            isOpen = true
            return
        }
        try takeWord(line)
    }

    private mutating func takeWord(_ line: TextLine) throws {
        let fields = format!.fields(of: line.bytes)
        guard fields.count == columns else { throw ragged(fields.count, line) }
        isOpen = true
        if format == .conllu, try !isWord(fields[0], line) { return }
        for column in [format!.wordColumn, tagColumn] where fields[column].isEmpty {
            throw fault("column \(column + 1) is empty; every word has a tag", line.number)
        }
        if words.isEmpty { firstLine = line.number }
        words.append(String(decoding: fields[format!.wordColumn], as: UTF8.self))
        tags.append(String(decoding: fields[tagColumn], as: UTF8.self))
    }

    private mutating func endSentence(_ emit: (TaggedSentence) throws -> Void) throws {
        isOpen = false
        if let promised, promised.word > words.count {
            throw fault(
                "the range ends with word \(promised.word), and the sentence with word "
                    + "\(words.count); mend the ids", promised.line)
        }
        promised = nil
        if words.isEmpty { return }
        let sentence = TaggedSentence(source: source, line: firstLine, words: words, tags: tags)
        words.removeAll(keepingCapacity: true)
        tags.removeAll(keepingCapacity: true)
        try emit(sentence)
    }

    /// Whether a line of CoNLL-U is a word, given its id, which must be the next one.
    private mutating func isWord(_ id: ArraySlice<UInt8>, _ line: TextLine) throws -> Bool {
        let next = words.count + 1
        let isNext: Bool, isWord: Bool
        switch ConlluID(id) {
        case .word(let number): (isNext, isWord) = (number == next, true)
        case .emptyNode(let word): (isNext, isWord) = (word == next - 1, false)
        case .range(let range):
            (isNext, isWord) = (range.lowerBound == next, false)
            promised = (range.upperBound, line.number)
        case nil: (isNext, isWord) = (false, false)
        }
        guard isNext else {
            throw fault(
                "id '\(String(decoding: id, as: UTF8.self))', where word \(next) of the sentence "
                    + "is due; ids count up from 1, and a blank line divides two sentences",
                line.number)
        }
        return isWord
    }

    private func ragged(_ count: Int, _ line: TextLine) -> SeqNetError {
        let has = "has \(count) column\(count == 1 ? "" : "s")"
        let separator = format == .columns(.blanks) ? "blanks divide" : "a tab divides"
        let remedy = "\(separator) two columns"
        if format == .conllu {
            return fault("\(has), and CoNLL-U has \(columns); \(remedy)", line.number)
        }
        let hint = line.bytes.first == Self.hash ? ", and there are no comments in column CoNLL" : ""
        return fault("\(has), and the first word has \(columns); \(remedy)\(hint)", line.number)
    }

    private func fault(_ what: String, _ line: Int) -> SeqNetError {
        SeqNetError(.badData, "\(source), line \(line): \(what)")
    }
}
