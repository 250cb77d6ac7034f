/// Where the label of a tune comes from: its file's name, or a field of the tune.
public enum TuneLabel: Hashable, Sendable {
    /// The file's name without its extension, and without an alphabetical suffix: `reels` for
    /// `reelsa-c.abc`, which holds the reels from A to C.
    case fileName
    /// The first field of that letter, such as `R` for `R:Hornpipe`.
    case field(Character)

    /// The label of a tune that lacks the field.
    public static let missing = "<none>"

    /// Reads the argument of `--label`: `file` or a letter.
    /// - Throws: `usage` for anything else.
    public init(argument: String) throws {
        let letters = Array(argument.unicodeScalars)
        if argument == "file" {
            self = .fileName
        } else if letters.count == 1, ABCParser.isLetter(letters[0]) {
            self = .field(Character(letters[0]))
        } else {
            throw SeqNetError(
                .usage, "--label \(argument): give 'file', or the letter of a field of the tunes "
                    + "such as R")
        }
    }

    /// What `init(argument:)` reads back.
    public var argument: String {
        switch self {
        case .fileName: "file"
        case .field(let letter): String(letter)
        }
    }

    /// The label that a file's name gives.
    static func fromFileName(_ path: String) -> String {
        let stem = FilePath.stem(of: path)
        var scalars = Array(stem.unicodeScalars)
        guard scalars.count > 3, let last = scalars.last, scalars[scalars.count - 2] == "-" else {
            return stem
        }
        let first = scalars[scalars.count - 3]
        guard ABCParser.isLetter(first), ABCParser.isLetter(last), first <= last else { return stem }
        scalars.removeLast(3)
        while scalars.count > 1, "-_ ".unicodeScalars.contains(scalars.last!) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
