/// The lines of a text file, read whole.
struct TextLines {
    /// What error messages call the file.
    let name: String
    /// Without line ends.
    let lines: [String]

    /// A byte order mark is dropped, CRLF read as LF.
    ///
    /// - Throws: `cannotRead`; `badData`, with the line, for what is compressed, not UTF-8 or binary.
    init(contentsOf path: String) throws {
        let file = TextFile(path: path)
        var bytes: [UInt8] = []
        try file.forEachChunk { bytes.append(contentsOf: $0) }
        try self.init(bytes, name: file.name)
    }

    private init(_ bytes: [UInt8], name: String) throws {
        self.name = name
        let mark = bytes.starts(with: ByteOrderMark.utf8) ? ByteOrderMark.utf8.count : 0
        var lines: [String] = []
        let lineFeed = UInt8(ascii: "\n")
        for line in bytes[mark...].split(separator: lineFeed, omittingEmptySubsequences: false) {
            let number = lines.count + 1
            if line.contains(0) {
                throw SeqNetError(
                    .badData, "\(name), line \(number): a NUL byte, so this is binary data and no text; "
                        + "give a UTF-8 text")
            }
            let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard let text = String(validating: content, as: UTF8.self) else {
                throw SeqNetError(
                    .badData, "\(name), line \(number): is not valid UTF-8; convert the file, as "
                        + "`iconv -f LATIN1 -t UTF-8` does")
            }
            lines.append(text)
        }
        self.lines = lines
    }

    func fault(_ what: String, line: Int) -> SeqNetError {
        SeqNetError(.badData, "\(name), line \(line): \(what)")
    }
}
