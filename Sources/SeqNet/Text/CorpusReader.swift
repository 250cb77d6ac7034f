/// The one pass over the texts of a corpus: gives every token a provisional id at first
/// sight, and writes it down.
struct CorpusReader: TokenSink {
    private let tokenizer: Tokenizer
    private let scratchFolder: String
    private var table: TokenTable
    private var tokens: ProvisionalTokens
    private let lineEnd: Int32
    /// The index of each text's first token.
    private var textStarts: [Int] = []
    /// Bytes of all texts read so far.
    private var byteCount = 0
    /// Lines read so far; a last one without newline counts.
    private(set) var lineCount = 0
    /// Lines whose ends are wanted, ascending.
    private var wantedLines: ArraySlice<Int> = []
    /// The index of the token behind each wanted line that was met.
    private(set) var wantedLineEnds: [Int] = []

    /// - Throws: `cannotWrite` if the scratch folder does not take a file.
    init(_ tokenizer: Tokenizer, scratchFolder: String) throws {
        self.tokenizer = tokenizer
        self.scratchFolder = scratchFolder
        tokens = try ProvisionalTokens(in: scratchFolder)
        var table = TokenTable()
        lineEnd = tokenizer.kind.lineEnd.withUnsafeBufferPointer { table.insert($0) }
        self.table = table
    }

    /// Tokens read so far.
    var count: Int { tokens.count }

    /// Asks for the ends of lines, given as numbers of lines from the start, ascending.
    mutating func want(lineEnds lines: [Int]) { wantedLines = lines[...] }

    /// Reads a text file.
    ///
    /// - Parameter onProgress: told how many bytes of all texts have been read.
    /// - Throws: `cannotRead`, `badData`, `cannotWrite`; see `Corpus`.
    mutating func read(_ path: String, onProgress: (Int) -> Void) throws {
        let file = TextFile(path: path)
        let start = count
        var scanner = TokenScanner(tokenizer, source: file.name)
        try file.forEachChunk {
            try scanner.feed($0, to: &self)
            byteCount += $0.count
            onProgress(byteCount)
        }
        let lastLineIsOpen = scanner.lineIsOpen
        try scanner.finish(to: &self)
        if lastLineIsOpen && tokenizer.kind != .words { countLine() }
        if count == start {
            throw SeqNetError(.badData, "\(file.name): is empty; give a file with text in it")
        }
        textStarts.append(start)
    }

    mutating func receive(_ token: UnsafeBufferPointer<UInt8>) throws {
        let id = table.insert(token)
        if id == Int32.max - 2 {
            throw SeqNetError(
                .badData, "the texts: more than \(id) different words; use --tokens characters")
        }
        try tokens.append(id)
    }

    mutating func receiveLineEnd() throws {
        try tokens.append(lineEnd)
        countLine()
    }

    private mutating func countLine() {
        lineCount += 1
        while wantedLines.first == lineCount {
            wantedLineEnds.append(count)
            wantedLines.removeFirst()
        }
    }

    /// Ends the pass and decides on the vocabulary.
    ///
    /// - Parameter trainingRange: the tokens from which a vocabulary is made.
    /// - Throws: `usage` for limits that contradict the tokens, `cannotWrite`, `cannotRead`.
    consuming func finish(
        vocabulary source: VocabularySource, trainingRange: Range<Int>
    ) throws -> CorpusEncoder {
        try tokens.flush()
        let vocabulary: Vocabulary
        switch source {
        case .model(let given):
            precondition(given.kind == tokenizer.kind, "\(tokenizer.kind) with \(given.kind)")
            vocabulary = given
        case .training(let limits):
            let counts = TokenCounts(table: table, counts: try tokenCounts(in: trainingRange))
            vocabulary = try Vocabulary(kind: tokenizer.kind, counts: counts, limits: limits)
        }
        return CorpusEncoder(
            vocabulary: vocabulary, table: table, tokens: tokens, textStarts: textStarts,
            scratchFolder: scratchFolder)
    }

    /// How often each token appears in a range.
    private func tokenCounts(in range: Range<Int>) throws -> [Int] {
        var counts = [Int](repeating: 0, count: table.count)
        var position = 0
        try tokens.forEachBlock { block in
            let wanted = range.clamped(to: position..<position + block.count)
            for index in wanted { counts[Int(block[index - position])] += 1 }
            position += block.count
        }
        return counts
    }
}
