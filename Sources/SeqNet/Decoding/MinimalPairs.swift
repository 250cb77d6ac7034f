/// Minimal pairs read from a file, with which a language model's grammar is tested: how
/// often it holds the right line to be likelier than the wrong one.
///
/// A pair is a line `group TAB right TAB wrong`. A byte order mark is dropped, CRLF read as
/// LF, and blank lines are passed over.
public struct MinimalPairs: Sendable {
    public let pairs: [MinimalPair]
    /// What error messages call the file.
    private let source: String
    /// The line of each pair.
    private let lineNumbers: [Int]

    /// Reads a file of pairs.
    ///
    /// - Throws: `cannotRead` for a file that is missing or unreadable; `badData` for one that
    ///   is empty, compressed or not UTF-8, or that has a line without three columns.
    public init(contentsOf path: String) throws {
        let file = TextFile(path: path)
        var bytes: [UInt8] = []
        try file.forEachChunk { bytes.append(contentsOf: $0) }
        if bytes.starts(with: ByteOrderMark.utf8) { bytes.removeFirst(ByteOrderMark.utf8.count) }
        var pairs: [MinimalPair] = []
        var lineNumbers: [Int] = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty { continue }
            pairs.append(try Self.pair(line, "\(file.name), line \(index + 1)"))
            lineNumbers.append(index + 1)
        }
        if pairs.isEmpty {
            throw SeqNetError(
                .badData, "\(file.name): holds no pairs; give lines of \(Self.expectedColumns)")
        }
        source = file.name
        self.pairs = pairs
        self.lineNumbers = lineNumbers
    }

    private static let expectedColumns = "a group, the right and the wrong text, divided by tabs"

    private static func pair(_ line: ArraySlice<UInt8>, _ place: String) throws -> MinimalPair {
        let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        guard columns.count == 3 else {
            throw SeqNetError(
                .badData,
                "\(place): has \(columns.count) column\(columns.count == 1 ? "" : "s"), expected 3: "
                    + expectedColumns)
        }
        if let empty = columns.firstIndex(where: \.isEmpty) {
            throw SeqNetError(.badData, "\(place): column \(empty + 1) is empty, expected \(expectedColumns)")
        }
        let texts = columns.map { String(decoding: $0, as: UTF8.self) }
        guard zip(texts, columns).allSatisfy({ $0.utf8.elementsEqual($1) }) else {
            throw SeqNetError(.badData, "\(place): is not valid UTF-8; convert the file to UTF-8")
        }
        return MinimalPair(group: texts[0], right: texts[1], wrong: texts[2])
    }

    /// Scores every pair.
    ///
    /// - Throws: `badData` for a text that cannot be tokens of the model, with its line, and for a
    ///   model that computes no numbers.
    public func accuracy(of scorer: LineScorer) throws -> MinimalPairAccuracy {
        let (tokenizer, vocabulary) = (scorer.model.configuration.tokenizer, scorer.model.vocabulary)
        let lines = try zip(pairs, lineNumbers).flatMap { pair, number in
            try [pair.right, pair.wrong].map {
                try tokenizer.encode(line: $0, with: vocabulary, source: source, lineNumber: number)
            }
        }
        let scores = scorer.scores(of: lines)
        guard scores.allSatisfy(\.logProbability.isFinite) else { throw SeqNetError.computesNoNumbers }
        let outcomes = pairs.indices.map { index in
            let isRight = scores[2 * index].logProbability > scores[2 * index + 1].logProbability
            return (group: pairs[index].group, isRight: isRight)
        }
        return MinimalPairAccuracy(outcomes, unknownCount: scores.reduce(0) { $0 + $1.unknownCount })
    }
}
