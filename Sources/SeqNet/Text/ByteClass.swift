/// What a scanner does at a byte of UTF-8 text, looked up in a table of 256.
enum ByteClass {
    /// Part of the current token, as it is.
    case ordinary
    /// Ends a word (only where words are scanned).
    case whiteSpace
    case lineFeed
    /// May be the first half of CRLF (only where characters are scanned).
    case carriageReturn
    case null
    /// An ASCII capital that is to be lowercased.
    case capital
    /// An ASCII punctuation mark that is to be a word of its own.
    case punctuation
    /// The first byte of a scalar beyond ASCII, or a stray byte.
    case multibyte

    /// The table for a tokenizer of characters or words, indexed by byte.
    static func table(for tokenizer: Tokenizer) -> [ByteClass] {
        (UInt8.min...UInt8.max).map { byte in
            let properties = Unicode.Scalar(byte).properties
            switch byte {
            case 0x80...: return .multibyte
            case 0: return .null
            case UInt8(ascii: "\n"): return .lineFeed
            case UInt8(ascii: "\r") where tokenizer.kind == .characters: return .carriageReturn
            case _ where tokenizer.kind == .words && properties.isWhitespace: return .whiteSpace
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where tokenizer.lowercase: return .capital
            case _ where tokenizer.splitPunctuation && Unicode.Scalar(byte).isPunctuation:
                return .punctuation
            default: return .ordinary
            }
        }
    }
}

extension Unicode.Scalar {
    /// True for the general categories P*: connectors, dashes, brackets, quotes and other
    /// punctuation, but not symbols such as `<`, `+` and `$`.
    var isPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}
