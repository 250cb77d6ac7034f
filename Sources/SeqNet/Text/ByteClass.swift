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
        tables[Traits(tokenizer).rawValue]
    }

    /// Of all traits, made once: a table takes longer to make than a line to scan.
    private static let tables = (0..<8).map { table(of: Traits(rawValue: $0)) }

    /// What of a tokenizer its table depends on.
    private struct Traits: OptionSet {
        let rawValue: Int

        static let words = Traits(rawValue: 1)
        static let lowercase = Traits(rawValue: 2)
        static let splitPunctuation = Traits(rawValue: 4)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(_ tokenizer: Tokenizer) {
            self = []
            if tokenizer.kind == .words { insert(.words) }
            if tokenizer.lowercase { insert(.lowercase) }
            if tokenizer.splitPunctuation { insert(.splitPunctuation) }
        }
    }

    private static func table(of traits: Traits) -> [ByteClass] {
        (UInt8.min...UInt8.max).map { byte in
            let scalar = Unicode.Scalar(byte)
            switch byte {
            case 0x80...: return .multibyte
            case 0: return .null
            case UInt8(ascii: "\n"): return .lineFeed
            case UInt8(ascii: "\r") where !traits.contains(.words): return .carriageReturn
            case _ where traits.contains(.words) && scalar.properties.isWhitespace: return .whiteSpace
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where traits.contains(.lowercase): return .capital
            case _ where traits.contains(.splitPunctuation) && scalar.isPunctuation: return .punctuation
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
