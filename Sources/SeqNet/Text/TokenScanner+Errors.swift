extension TokenScanner {
    /// Invalid UTF-8: `byte` is the first one of what is no scalar.
    func invalid(_ byte: UInt8, at position: Int) -> SeqNetError {
        let hex = String(byte, radix: 16, uppercase: true)
        // FF FE and FE FF are the byte order marks of UTF-16.
        let isUTF16 = position == 0 && line == 1 && byte >= 0xFE
        let encoding = isUTF16 ? "UTF-16" : "LATIN1"
        let guess = isUTF16 ? ", it looks like UTF-16" : ""
        return SeqNetError(
            .badData,
            "\(source), line \(line), byte offset \(position): not valid UTF-8 "
                + "(byte 0x\(hex))\(guess); convert it, as `iconv -f \(encoding) -t UTF-8` does, "
                + "or train on bytes (--tokens bytes)")
    }

    /// Binary content.
    func null(at position: Int) -> SeqNetError {
        SeqNetError(
            .badData,
            "\(source), line \(line), byte offset \(position): a NUL byte, so this is binary "
                + "data and no text; give a UTF-8 text, or train on bytes (--tokens bytes)")
    }

    /// A text without white space.
    func endlessWord() -> SeqNetError {
        SeqNetError(
            .badData,
            "\(source), line \(line): a word of more than \(Self.longestWord) bytes, so the text "
                + "is not split by white space; use --tokens characters or --tokens bytes")
    }
}
