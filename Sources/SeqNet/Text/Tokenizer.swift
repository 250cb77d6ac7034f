/// How text becomes tokens: the kind of token and the options that shape it.
///
/// - `characters`: every Unicode scalar is a token, the newline too.
/// - `words`: a line is split at Unicode white space (property White_Space) and closes
///   with `<eos>`. A blank line is just `<eos>`; a last line without newline is closed
///   too, and a final newline adds nothing.
/// - `bytes`: every byte is a token.
///
/// For characters and words a byte order mark at the start is dropped and CRLF is read
/// as LF. Bytes are taken as they are.
///
///     let tokenizer = try Tokenizer(kind: .words, lowercase: true)
///     try tokenizer.tokens(inLine: "The cat")   // the, cat, <eos>
public struct Tokenizer: Sendable, Equatable {
    public let kind: TokenKind
    /// Every scalar is replaced by its Unicode lowercase mapping, whatever stands beside it.
    public let lowercase: Bool
    /// Every punctuation scalar (general categories P*) is a word of its own.
    public let splitPunctuation: Bool

    /// Describes a tokenizer.
    ///
    /// - Throws: `usage` for options that contradict: `lowercase` of bytes,
    ///   `splitPunctuation` of anything but words.
    public init(kind: TokenKind, lowercase: Bool = false, splitPunctuation: Bool = false) throws {
        if lowercase && kind == .bytes {
            throw SeqNetError(
                .usage,
                "--lowercase: does not go with --tokens bytes, which are taken as they are; "
                    + "leave it out, or use --tokens characters")
        }
        if splitPunctuation && kind != .words {
            throw SeqNetError(
                .usage,
                "--split-punctuation: does not go with --tokens \(kind.rawValue), "
                    + "which are split already; leave it out, or use --tokens words")
        }
        self.kind = kind
        self.lowercase = lowercase
        self.splitPunctuation = splitPunctuation
    }
}

extension Tokenizer {
    /// The tokens of one line, its closing symbol (`<eos>`, or a newline) included.
    ///
    /// - Parameters:
    ///   - line: the line without its newline; a CR at its end is part of the newline.
    ///   - source: what error messages call the text.
    ///   - lineNumber: the line's number in error messages, from 1.
    /// - Throws: `badData` for a NUL character, unless the tokens are bytes.
    public func tokens(
        inLine line: String, source: String = "text", lineNumber: Int = 1
    ) throws -> [[UInt8]] {
        try tokens(inLine: Array(line.utf8), source: source, lineNumber: lineNumber)
    }

    /// The tokens of one line of bytes that may be of any content; see `tokens(inLine:)`.
    ///
    /// - Throws: `badData` for a NUL byte or invalid UTF-8, unless the tokens are bytes.
    public func tokens(
        inLine line: [UInt8], source: String = "text", lineNumber: Int = 1
    ) throws -> [[UInt8]] {
        var list = TokenList(lineEnd: kind.lineEnd)
        try scan(line: line, source: source, lineNumber: lineNumber, to: &list)
        return list.tokens
    }

    /// The tokens of a text that is to be continued: nothing is added at its end.
    ///
    /// - Throws: `badData` for a NUL character, unless the tokens are bytes.
    public func tokens(inPrompt prompt: String, source: String = "prompt") throws -> [[UInt8]] {
        var list = TokenList(lineEnd: kind.lineEnd)
        try scan(prompt: Array(prompt.utf8), source: source, to: &list)
        return list.tokens
    }

    /// Feeds a line and its newline through a scanner.
    func scan<Sink: TokenSink>(
        line: [UInt8], source: String, lineNumber: Int, to sink: inout Sink
    ) throws {
        var scanner = TokenScanner(self, source: source, firstLine: lineNumber)
        try scanner.feed(line, to: &sink)
        try scanner.feed([UInt8(ascii: "\n")], to: &sink)
        try scanner.finish(to: &sink)
    }

    /// Feeds a prompt through a scanner and leaves its last line open.
    func scan<Sink: TokenSink>(
        prompt: [UInt8], source: String, firstLine: Int = 1, to sink: inout Sink
    ) throws {
        var scanner = TokenScanner(self, source: source, firstLine: firstLine)
        try scanner.feed(prompt, to: &sink)
        try scanner.finish(closingLine: false, to: &sink)
    }
}
