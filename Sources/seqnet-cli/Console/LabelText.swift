import SeqNet

/// A label of the data as a line of notes shows it.
enum LabelText {
    /// Characters of a label that are shown; that of another column may be a text.
    private static let mostCharacters = 40

    static func quoted(_ label: String) -> String {
        let shown = label.prefix(mostCharacters)
        return "'\(Format.printable(String(shown)))\(shown.endIndex < label.endIndex ? "…" : "")'"
    }
}
