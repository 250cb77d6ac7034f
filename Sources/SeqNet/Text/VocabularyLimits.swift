/// Which tokens of a training text enter a vocabulary. The others fall to `<unk>`.
public struct VocabularyLimits: Sendable, Equatable {
    /// Tokens met less often are left out. At least 1.
    public let minimumCount: Int
    /// The greatest size of the vocabulary, special tokens included; nil for any size.
    /// The most frequent tokens enter, of equally frequent ones the first by their bytes.
    public let maximumSize: Int?

    /// Sets the limits.
    ///
    /// - Throws: `usage` for a minimum below 1 or a size below 1.
    public init(minimumCount: Int = 1, maximumSize: Int? = nil) throws {
        if minimumCount < 1 {
            throw SeqNetError(.usage, "--min-count \(minimumCount): must be at least 1")
        }
        if let maximumSize, maximumSize < 1 {
            throw SeqNetError(.usage, "--vocab-size \(maximumSize): must be at least 1")
        }
        self.minimumCount = minimumCount
        self.maximumSize = maximumSize
    }

    /// The smallest count that enters by default: words must be met twice, so that
    /// `<unk>` is learned from those met once; every character and byte enters.
    public static func standardMinimumCount(for kind: TokenKind) -> Int { kind == .words ? 2 : 1 }
}
