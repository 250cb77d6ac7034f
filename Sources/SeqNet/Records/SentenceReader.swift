/// Gathers lines into the sentences that a tagger is to tag, as they come.
///
/// ```swift
/// var reader = SentenceReader(source: "stdin", layout: .wordALine)
/// for line in lines {
///     if let words = try reader.take(line) { … }
/// }
/// if let words = reader.finish() { … }
/// ```
public struct SentenceReader {
    public enum Layout: Sendable {
        /// A word a line, and a blank line between two sentences.
        case wordALine
        /// A sentence a line, words divided by Unicode white space.
        case sentenceALine
    }

    private let source: String
    private let layout: Layout
    private var line = 0
    private var words: [String] = []

    /// - Parameter source: what error messages call the input.
    public init(source: String, layout: Layout) {
        self.source = source
        self.layout = layout
    }

    /// Takes the next line, without its line break.
    ///
    /// - Returns: the words of the sentence that it ends, none for a blank line that ends none;
    ///   nil while the sentence goes on.
    /// - Throws: `badData` for a NUL byte and for what is not UTF-8; for a line of several words
    ///   where each has a line of its own.
    public mutating func take(_ bytes: [UInt8]) throws -> [String]? {
        line += 1
        let text = try TextLine(bytes, number: line, source: source).bytes
        let found = String(decoding: text, as: UTF8.self).unicodeScalars
            .split { $0.properties.isWhitespace }.map { String($0) }
        if layout == .sentenceALine { return found }
        guard found.count <= 1 else {
            throw SeqNetError(
                .badData, "\(source), line \(line): has \(found.count) words; give one a line and a "
                    + "blank line between two sentences, or a sentence a line with --lines")
        }
        if found.isEmpty { return endSentence() }
        words += found
        return nil
    }

    /// The words of the sentence that the end of the input ends; nil if none is open.
    public mutating func finish() -> [String]? { words.isEmpty ? nil : endSentence() }

    private mutating func endSentence() -> [String] {
        defer { words = [] }
        return words
    }
}
