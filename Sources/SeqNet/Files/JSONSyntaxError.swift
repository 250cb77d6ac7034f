/// A mistake in a JSON document: what, and at which byte.
struct JSONSyntaxError: Error, Equatable {
    let offset: Int
    let what: String

    /// The line and column of the mistake, both from 1; columns count Unicode scalars.
    func place(in bytes: UnsafeRawBufferPointer) -> String {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {  // not a continuation byte of UTF-8
                column += 1
            }
        }
        return "line \(line), column \(column)"
    }
}
