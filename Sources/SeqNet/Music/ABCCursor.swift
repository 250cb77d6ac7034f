/// A place in a line of ABC, and what can be read on from it.
struct ABCCursor {
    private let scalars: [Unicode.Scalar]
    private(set) var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The scalar at the place; nil at the end.
    var next: Unicode.Scalar? { peek(0) }

    var isAtEnd: Bool { position == scalars.count }

    func peek(_ offset: Int) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    mutating func advance() { position += 1 }

    /// Passes over the scalar if it comes next.
    /// - Returns: whether it did.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        advance()
        return true
    }

    /// Takes what comes next as long as the condition holds.
    mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = next, condition(scalar) {
            text.append(scalar)
            advance()
        }
        return String(text)
    }

    /// Takes what comes before a closing scalar, and that one too.
    /// - Returns: nil, and the place as it was, when it does not come.
    mutating func take(upTo closing: Unicode.Scalar) -> String? {
        let start = position
        let text = take { $0 != closing }
        if take(closing) { return text }
        position = start
        return nil
    }

    mutating func skipSpaces() { _ = take { $0 == " " || $0 == "\t" } }

    /// Takes all that is left, and returns it without blanks around it.
    mutating func takeRest() -> String {
        skipSpaces()
        let end = scalars.lastIndex { $0 != " " && $0 != "\t" } ?? position - 1
        defer { position = scalars.count }
        return end < position ? "" : String(String.UnicodeScalarView(scalars[position...end]))
    }

    /// Takes a whole number.
    /// - Returns: nil when no digit comes next, or more than four: music has no such numbers.
    mutating func takeNumber() -> Int? {
        let digits = take { ("0"..."9").contains($0) }
        return digits.utf8.count <= 4 ? Int(digits) : nil
    }
}
