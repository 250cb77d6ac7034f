/// A text and its label: what a generator is trained on. Its text may have several lines.
///
/// As TSV a record is a line `label TAB text`, in which `\n` stands for a line break, `\t` for a tab
/// and `\\` for a backslash; no other character may follow a backslash.
public struct ConditionedText: Hashable, Sendable {
    public let label: String
    public let text: String
    /// Where it was read, for errors: "text 'jigs.abc', line 12".
    public let place: String

    /// Whether it is a tune in ABC.
    public let isTune: Bool

    public init(label: String, text: String, place: String, isTune: Bool = false) {
        self.label = label
        self.text = text
        self.place = place
        self.isTune = isTune
    }

    /// The record as a line of TSV, without its line end.
    public var tsv: String { Self.escaped(label) + "\t" + Self.escaped(text) }

    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let letter = escapes.first(where: { $0.meaning == scalar })?.letter {
                escaped.append("\\")
                escaped.append(letter)
            } else {
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// - Returns: nil when a backslash begins no escape.
    static func unescaped(_ text: String) -> String? {
        var plain = String.UnicodeScalarView()
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                guard let escape = escapes.first(where: { $0.letter == scalar }) else { return nil }
                plain.append(escape.meaning)
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                plain.append(scalar)
            }
        }
        return isEscape ? nil : String(plain)
    }

    private static let escapes: [(letter: Unicode.Scalar, meaning: Unicode.Scalar)] = [
        ("n", "\n"), ("t", "\t"), ("\\", "\\"),
    ]
}
