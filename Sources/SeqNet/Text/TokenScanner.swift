/// Cuts one text into tokens as its bytes arrive, in chunks cut anywhere: inside a UTF-8
/// scalar, a word, a byte order mark or CRLF. Equal bytes give equal tokens and equal
/// errors, however they are cut.
///
/// A scanner keeps at most one word of the text, so memory does not grow with the file.
package struct TokenScanner {
    /// The longest word, in bytes. A longer one means that the text has no words, and
    /// would be gathered in memory until it ends.
    package static let longestWord = 1 << 20

    let tokenizer: Tokenizer
    /// What error messages call the text.
    let source: String
    let classes: [ByteClass]
    /// The line being read, in error messages.
    var line: Int
    /// Bytes of the text that are dealt with: the offset of the first pending byte, or of
    /// the next chunk.
    var offset = 0
    /// Where the current line starts. Bytes beyond it mean that the line is open.
    var lineStart = 0
    /// The first bytes of a scalar whose rest is in the next chunk.
    var pending: [UInt8] = []
    /// What is known of the current word, where it is not a slice of the chunk.
    var word: [UInt8] = []
    /// A CR that the next byte decides on (characters only).
    var holdsCarriageReturn = false

    /// Begins a text.
    ///
    /// - Parameters:
    ///   - source: what error messages call the text, such as `text 'a.txt'`.
    ///   - firstLine: the number of its first line in error messages.
    package init(_ tokenizer: Tokenizer, source: String, firstLine: Int = 1) {
        self.tokenizer = tokenizer
        self.source = source
        classes = ByteClass.table(for: tokenizer)
        line = firstLine
    }

    /// True when the text read so far does not end with a newline and is not empty.
    package var lineIsOpen: Bool { offset + pending.count > lineStart }

    /// Takes the next bytes of the text.
    ///
    /// - Throws: `badData` for a NUL byte, invalid UTF-8 and a word beyond `longestWord`;
    ///   whatever the sink throws.
    package mutating func feed<Sink: TokenSink>(_ bytes: [UInt8], to sink: inout Sink) throws {
        try bytes.withUnsafeBufferPointer { try feed($0, to: &sink) }
    }

    /// Takes the next bytes of the text; see `feed(_:to:)`.
    package mutating func feed<Sink: TokenSink>(
        _ chunk: UnsafeBufferPointer<UInt8>, to sink: inout Sink
    ) throws {
        let rest = UnsafeBufferPointer(rebasing: chunk[try completePending(with: chunk, &sink)...])
        guard let bytes = rest.baseAddress, !rest.isEmpty else { return }
        try scan(bytes, rest.count, &sink)
    }

    /// Ends the text.
    ///
    /// - Parameter closingLine: closes a last line of words that has no newline.
    /// - Throws: `badData` if the text ends inside a UTF-8 scalar; whatever the sink throws.
    package mutating func finish<Sink: TokenSink>(
        closingLine: Bool = true, to sink: inout Sink
    ) throws {
        if let first = pending.first { throw invalid(first, at: offset) }
        switch tokenizer.kind {
        case .bytes: break
        case .characters: try releaseCarriageReturn(&sink)
        case .words:
            try emitWord(endingWith: UnsafeBufferPointer(start: nil, count: 0), &sink)
            if closingLine && lineIsOpen { try sink.receiveLineEnd() }
        }
    }

    /// Scans bytes that start at a scalar, and leaves a cut scalar at their end pending.
    private mutating func scan<Sink: TokenSink>(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
    ) throws {
        switch tokenizer.kind {
        case .bytes: try scanBytes(bytes, count, &sink)
        case .characters: try scanCharacters(bytes, count, &sink)
        case .words: try scanWords(bytes, count, &sink)
        }
    }

    /// Adds bytes to a pending scalar until it is whole, and scans it.
    ///
    /// - Returns: the number of bytes used.
    private mutating func completePending<Sink: TokenSink>(
        with chunk: UnsafeBufferPointer<UInt8>, _ sink: inout Sink
    ) throws -> Int {
        var used = 0
        while !pending.isEmpty && used < chunk.count {
            pending.append(chunk[used])
            used += 1
            let scalar = pending
            try scalar.withUnsafeBufferPointer {
                switch UTF8Step.decode($0.baseAddress!, available: $0.count) {
                case .incomplete: return
                case .invalid: throw invalid($0[0], at: offset)
                case .scalar:
                    pending.removeAll(keepingCapacity: true)
                    try scan($0.baseAddress!, $0.count, &sink)
                }
            }
        }
        return used
    }

    /// Scans raw bytes.
    private mutating func scanBytes<Sink: TokenSink>(
        _ bytes: UnsafePointer<UInt8>, _ count: Int, _ sink: inout Sink
    ) throws {
        for index in 0..<count {
            if bytes[index] == UInt8(ascii: "\n") {
                try sink.receiveLineEnd()
                lineStart = offset + index + 1
            } else {
                try sink.receive(UnsafeBufferPointer(start: bytes + index, count: 1))
            }
        }
        offset += count
    }

    /// Keeps the start of a scalar that the chunk cut.
    mutating func keepPending(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        pending.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Notes that a line ended just before `offset`.
    mutating func beginLine(at offset: Int) {
        line += 1
        lineStart = offset
    }

    /// True for a byte order mark at the start of a text, which is dropped and opens no
    /// line. The same scalar elsewhere is an ordinary one.
    mutating func dropsMark(_ scalar: Unicode.Scalar, at offset: Int) -> Bool {
        guard scalar == "\u{FEFF}", offset == 0, line == 1 else { return false }
        lineStart = 3
        return true
    }
}
