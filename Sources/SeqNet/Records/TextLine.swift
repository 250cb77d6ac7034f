/// A line of a text file, checked to be text.
public struct TextLine: Equatable, Sendable {
    /// Counted from 1.
    public let number: Int
    /// Valid UTF-8 without NUL; without the line break, and without a byte order mark.
    public let bytes: [UInt8]

    /// - Parameters:
    ///   - bytes: without the LF. A CR at the end is part of the line break, and a byte order mark
    ///     at the start of line 1 is no part of the text: both are dropped.
    ///   - source: what error messages call the file.
    /// - Throws: `badData` for a NUL byte and for what is not UTF-8.
    public init(_ bytes: [UInt8], number: Int, source: String) throws {
        var bytes = bytes
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        if number == 1 && bytes.starts(with: ByteOrderMark.utf8) {
            bytes.removeFirst(ByteOrderMark.utf8.count)
        }
        func fault(_ what: String) -> SeqNetError {
            SeqNetError(.badData, "\(source), line \(number): \(what)")
        }
        if bytes.contains(0) {
            throw fault("a NUL byte, so this is binary data and no text; give a UTF-8 text")
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw fault("not valid UTF-8; convert the file, as `iconv -f LATIN1 -t UTF-8` does")
        }
        self.number = number
        self.bytes = bytes
    }

    /// Whether it holds nothing but blanks and tabs.
    var isBlank: Bool { bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") } }
}
