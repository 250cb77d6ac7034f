/// A sentence and its translation, as raw text. Neither is empty or white space alone.
public struct SentencePair: Equatable, Sendable {
    /// Where it stands in its file, counted from 1.
    public let line: Int
    public let source: String
    public let target: String

    public init(line: Int, source: String, target: String) {
        self.line = line
        self.source = source
        self.target = target
    }
}
