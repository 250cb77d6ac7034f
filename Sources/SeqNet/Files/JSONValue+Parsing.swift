extension JSONValue {
    /// Parses a JSON document (RFC 8259).
    ///
    /// Stricter than the standard asks: a key may not stand twice in an object, an integer
    /// must fit 64 bits, a number must be finite, and nesting ends at 128 levels. A leading
    /// byte order mark is skipped.
    ///
    /// - Parameters:
    ///   - text: the document as UTF-8.
    ///   - subject: what it is, for errors: `config 'runs/a/config.json'`.
    ///   - remedy: how to mend a mistake, for errors.
    /// - Throws: `SeqNetError(.badData)` with the line and column (in characters of Unicode)
    ///   of the first mistake.
    public init(
        parsing text: String, subject: String, remedy: String = "correct the JSON there"
    ) throws {
        var text = text
        self = try text.withUTF8 {
            try JSONValue(parsing: UnsafeRawBufferPointer($0), subject: subject, remedy: remedy)
        }
    }

    /// Parses a JSON document from bytes, which need not be valid UTF-8: see
    /// ``init(parsing:subject:remedy:)-(String,_,_)``.
    public init(
        parsing bytes: UnsafeRawBufferPointer, subject: String,
        remedy: String = "correct the JSON there"
    ) throws {
        do {
            var parser = try JSONParser(bytes)
            self = try parser.parseDocument()
        } catch let error as JSONSyntaxError {
            let place = error.place(in: bytes)
            throw SeqNetError(.badData, "\(subject), \(place): \(error.what); \(remedy)")
        }
    }

    /// Reads and parses the JSON document in a file.
    ///
    /// - Throws: `SeqNetError(.cannotRead)`, or `.badData` with the place of the mistake.
    public init(contentsOfFile path: String) throws {
        let subject = "file '\(path)'"
        let contents = try FileContents(path: path, access: .copied, subject: subject)
        try self.init(parsing: contents.bytes, subject: subject)
    }
}
