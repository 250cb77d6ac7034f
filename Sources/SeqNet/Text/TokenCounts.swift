/// Counts the tokens of a training text, from which a vocabulary is built.
///
///     var counts = TokenCounts()
///     for word in try tokenizer.tokens(inLine: line) { counts.add(word) }
///     let vocabulary = try Vocabulary(kind: .words, counts: counts, limits: .init())
public struct TokenCounts: Sendable {
    /// The distinct tokens, in the order in which they were met.
    private(set) var table = TokenTable()
    /// How often each one was met.
    private(set) var counts: [Int] = []

    public init() {}

    /// Counts from a table whose tokens were counted elsewhere.
    init(table: TokenTable, counts: [Int]) {
        precondition(table.count == counts.count)
        self.table = table
        self.counts = counts
    }

    /// Counts a token, given by its UTF-8 bytes, once more, or `count` times more.
    ///
    /// - Precondition: the token is not empty.
    public mutating func add(_ token: [UInt8], count: Int = 1) {
        precondition(!token.isEmpty, "a token without bytes")
        let index = Int(token.withUnsafeBufferPointer { table.insert($0) })
        if index == counts.count { counts.append(0) }
        counts[index] += count
    }

    /// Counts a token once more, or `count` times more.
    public mutating func add(_ token: String, count: Int = 1) {
        add(Array(token.utf8), count: count)
    }
}
