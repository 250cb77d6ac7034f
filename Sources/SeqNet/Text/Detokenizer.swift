/// Turns token ids back into text, one at a time, so that a sample can be printed as it
/// is made. The pieces, joined, are the text of all ids.
///
/// Words are joined by spaces and `<eos>` becomes a newline; characters and bytes follow
/// each other. Of bytes, a UTF-8 scalar is held back until it is whole, and what is no
/// scalar becomes U+FFFD, as `String(decoding:as:)` has it.
///
///     var detokenizer = Detokenizer(vocabulary, after: "To be")   // the sample follows this prompt
///     while let id = next() { print(detokenizer.append(id), terminator: "") }
///     print(detokenizer.finish())
public struct Detokenizer: Sendable {
    private let vocabulary: Vocabulary
    /// The last token was a word, so that a space comes before the next.
    private var followsWord: Bool
    /// Bytes of a scalar that is not whole yet.
    private var pending: [UInt8] = []

    /// - Parameter prompt: what the text goes on from. Exactly one space, or a line end, comes between
    ///   it and a word, whether the prompt brings it along or not.
    public init(_ vocabulary: Vocabulary, after prompt: String = "") {
        self.vocabulary = vocabulary
        followsWord = prompt.unicodeScalars.last.map { !$0.properties.isWhitespace } ?? false
    }

    /// The text that a token adds; empty while a scalar is held back.
    ///
    /// - Precondition: `id` is in 0 … V-1.
    public mutating func append(_ id: Int32) -> String {
        switch vocabulary.kind {
        case .characters:
            return String(decoding: vocabulary.slice(of: id), as: UTF8.self)
        case .words:
            if id == vocabulary.lineEnd {
                followsWord = false
                return "\n"
            }
            defer { followsWord = true }
            let word = String(decoding: vocabulary.slice(of: id), as: UTF8.self)
            return followsWord ? " " + word : word
        case .bytes:
            return append(byte: UInt8(truncatingIfNeeded: id))
        }
    }

    /// Ends the text: what is left of a scalar that was never completed, as U+FFFD.
    public mutating func finish() -> String {
        defer { pending.removeAll() }
        return String(decoding: pending, as: UTF8.self)
    }

    /// The text of a whole sequence of ids.
    public static func text(of ids: some Sequence<Int32>, _ vocabulary: Vocabulary) -> String {
        var detokenizer = Detokenizer(vocabulary)
        var text = ""
        for id in ids { text += detokenizer.append(id) }
        return text + detokenizer.finish()
    }

    private mutating func append(byte: UInt8) -> String {
        pending.append(byte)
        let step = pending.withUnsafeBufferPointer {
            UTF8Step.decode($0.baseAddress!, available: $0.count)
        }
        switch step {
        case .incomplete: return ""
        case .scalar: return finish()
        case .invalid where pending.count > 1:
            // The start of a scalar is cut off by a byte that may start the next one.
            pending.removeLast()
            return finish() + append(byte: byte)
        case .invalid: return finish()
        }
    }
}
