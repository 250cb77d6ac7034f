/// Writes comma-separated values as RFC 4180 has them, with LF for a line break.
enum CSVText {
    /// A record and its line break.
    static func line(_ fields: [String]) -> String {
        fields.map(field).joined(separator: ",") + "\n"
    }

    /// A field, in quotes where it needs them.
    private static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return text }
        let quote: Character = "\""
        return "\"" + text.flatMap { $0 == quote ? [quote, quote] : [$0] } + "\""
    }
}
