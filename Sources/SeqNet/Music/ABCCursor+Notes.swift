extension ABCCursor {
    /// The names of the notes in the order of the scale.
    private static let letters: [Unicode.Scalar] = ["C", "D", "E", "F", "G", "A", "B"]
    private static let lowerLetters: [Unicode.Scalar] = ["c", "d", "e", "f", "g", "a", "b"]

    /// Takes `^`, `^^`, `_`, `__` or `=`.
    /// - Returns: the semitones by which it raises; nil when no accidental comes next.
    mutating func takeAccidental() -> Int? {
        if take("=") { return 0 }
        if take("^") { return take("^") ? 2 : 1 }
        if take("_") { return take("_") ? -2 : -1 }
        return nil
    }

    /// Takes the name of a note.
    /// - Returns: its place in C D E F G A B, and whether it is written small.
    mutating func takeLetter() -> (index: Int, isLower: Bool)? {
        guard let next else { return nil }
        if let index = Self.letters.firstIndex(of: next) {
            advance()
            return (index, false)
        }
        guard let index = Self.lowerLetters.firstIndex(of: next) else { return nil }
        advance()
        return (index, true)
    }

    /// Takes `'` and `,`.
    /// - Returns: the octaves by which they raise.
    mutating func takeOctaveMarks() -> Int {
        var octaves = 0
        while true {
            if take("'") { octaves += 1 } else if take(",") { octaves -= 1 } else { return octaves }
        }
    }

    /// Takes a multiplier of a length: `3`, `3/2`, `/2`, `/`, `//`; nothing is 1.
    /// - Returns: nil for 0 and for a number of more than four digits.
    mutating func takeMultiplier() -> (numerator: Int, denominator: Int)? {
        var (numerator, denominator) = (1, 1)
        if isAtDigit {
            guard let number = takeNumber(), number > 0 else { return nil }
            numerator = number
        }
        while take("/") {
            denominator *= 2
            if denominator > 256 { return nil }
        }
        if denominator == 2 && isAtDigit {
            guard let number = takeNumber(), number > 0 else { return nil }
            denominator = number
        }
        return (numerator, denominator)
    }

    var isAtDigit: Bool { next.map { ("0"..."9").contains($0) } ?? false }
}
