extension Tokenizer {
    /// The ids of one line, its closing symbol included, as `score` takes it.
    ///
    /// - Parameters:
    ///   - line: the line without its newline; a CR at its end is part of the newline.
    ///   - source: what error messages call the text.
    ///   - lineNumber: the line's number in error messages, from 1.
    /// - Throws: `badData` for a NUL byte or invalid UTF-8, unless the tokens are bytes.
    /// - Precondition: the vocabulary is of the tokenizer's kind.
    public func encode(
        line: [UInt8], with vocabulary: Vocabulary, source: String = "text", lineNumber: Int = 1
    ) throws -> EncodedText {
        var encoder = TokenEncoder(vocabulary, kind)
        try scan(line: line, source: source, lineNumber: lineNumber, to: &encoder)
        return encoder.text
    }

    /// The ids of one line, its closing symbol included; see `encode(line:)`.
    public func encode(
        line: String, with vocabulary: Vocabulary, source: String = "text", lineNumber: Int = 1
    ) throws -> EncodedText {
        try encode(line: Array(line.utf8), with: vocabulary, source: source, lineNumber: lineNumber)
    }

    /// The ids of a text that is to be continued: nothing is added at its end.
    ///
    /// - Parameters:
    ///   - source: what error messages call the text.
    ///   - firstLine: the number of its first line in error messages, from 1.
    /// - Throws: `badData` for a NUL character, unless the tokens are bytes.
    /// - Precondition: the vocabulary is of the tokenizer's kind.
    public func encode(
        prompt: String, with vocabulary: Vocabulary, source: String = "prompt", firstLine: Int = 1
    ) throws -> EncodedText {
        var encoder = TokenEncoder(vocabulary, kind)
        try scan(prompt: Array(prompt.utf8), source: source, firstLine: firstLine, to: &encoder)
        return encoder.text
    }
}

/// Looks tokens up as they come.
private struct TokenEncoder: TokenSink {
    private let vocabulary: Vocabulary
    private var ids: [Int32] = []
    private var unknownCount = 0

    init(_ vocabulary: Vocabulary, _ kind: TokenKind) {
        precondition(vocabulary.kind == kind, "\(kind) with a vocabulary of \(vocabulary.kind)")
        self.vocabulary = vocabulary
    }

    var text: EncodedText { EncodedText(ids: ids, unknownCount: unknownCount) }

    mutating func receive(_ token: UnsafeBufferPointer<UInt8>) {
        if let id = vocabulary.id(of: token) {
            ids.append(id)
        } else if let unknown = vocabulary.unknown {
            ids.append(unknown)
            unknownCount += 1
        }
    }

    mutating func receiveLineEnd() { ids.append(vocabulary.lineEnd) }
}
