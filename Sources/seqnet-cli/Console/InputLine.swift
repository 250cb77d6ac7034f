import SeqNet

/// A line of what `predict` reads.
enum InputLine {
    /// The line as text.
    /// - Parameters:
    ///   - source: what error messages call the input.
    ///   - number: the line's, from 1.
    /// - Throws: `badData` when it is not UTF-8.
    static func text(_ line: [UInt8], _ source: String, _ number: Int) throws -> String {
        if let text = String(validating: line, as: UTF8.self) { return text }
        throw SeqNetError(
            .badData, "\(source), line \(number): is not valid UTF-8; convert the file, as "
                + "`iconv -f LATIN1 -t UTF-8` does")
    }
}
