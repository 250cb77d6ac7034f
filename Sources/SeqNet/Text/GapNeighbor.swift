/// What stands at one side of the gap between two tokens of a line: all that the width of the gap
/// is told from.
enum GapNeighbor: Hashable, Sendable {
    /// Whatever it is: a rule for what the other side alone tells.
    case anything
    /// A word, with a digit or with something else towards the gap: `10:30`, but `Note: this`.
    case digit, letter
    case mark(Unicode.Scalar)
    /// A mark that is spelled the same where it opens and where it closes, such as `"`: it opens
    /// at its odd occurrences in a line.
    case opening(Unicode.Scalar), closing(Unicode.Scalar)

    /// What a word shows on the side of one of its scalars.
    init(wordEdge scalar: Unicode.Scalar) {
        self = scalar.properties.generalCategory == .decimalNumber ? .digit : .letter
    }

    var isMark: Bool { mark != nil }

    /// The punctuation mark, if it is one.
    var mark: Unicode.Scalar? {
        switch self {
        case .anything, .digit, .letter: nil
        case .mark(let scalar), .opening(let scalar), .closing(let scalar): scalar
        }
    }
}

// MARK: - Notation of model files

extension GapNeighbor {
    /// Nothing for anything, `0`, `a`, the mark, the mark with `<` or `>` behind it.
    var notation: String {
        switch self {
        case .anything: ""
        case .digit: "0"
        case .letter: "a"
        case .mark(let scalar): String(scalar)
        case .opening(let scalar): "\(scalar)<"
        case .closing(let scalar): "\(scalar)>"
        }
    }

    /// Reads a notation; nil if it is none.
    init?(notation: String) {
        let scalars = Array(notation.unicodeScalars)
        guard let first = scalars.first else {
            self = .anything
            return
        }
        switch (first, scalars.dropFirst().first) {
        case ("0", nil): self = .digit
        case ("a", nil): self = .letter
        case (_, nil) where first.isPunctuation: self = .mark(first)
        case (_, "<") where first.isPunctuation && scalars.count == 2: self = .opening(first)
        case (_, ">") where first.isPunctuation && scalars.count == 2: self = .closing(first)
        default: return nil
        }
    }
}
