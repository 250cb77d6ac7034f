/// Cuts a text into lines, whatever chunks it comes in.
///
/// ```swift
/// var scanner = LineScanner(source: file.name)
/// try file.forEachChunk { try scanner.feed($0) { line in … } }
/// try scanner.finish { line in … }
/// ```
struct LineScanner {
    /// What error messages call the file.
    let source: String
    /// What there is of the present line.
    private var bytes: [UInt8] = []
    private var number = 1

    init(source: String) { self.source = source }

    /// Takes the next bytes of the file.
    ///
    /// - Parameter emit: called with each line that they complete.
    /// - Throws: `badData` for a line that is no text; whatever `emit` throws.
    mutating func feed(
        _ chunk: UnsafeBufferPointer<UInt8>, emit: (TextLine) throws -> Void
    ) throws {
        guard let text = chunk.baseAddress else { return }
        var start = 0
        for end in 0..<chunk.count where text[end] == UInt8(ascii: "\n") {
            bytes += UnsafeBufferPointer(start: text + start, count: end - start)
            try endLine(emit)
            start = end + 1
        }
        bytes += UnsafeBufferPointer(start: text + start, count: chunk.count - start)
    }

    /// Takes the end of the file, which closes the last line if no line break did.
    mutating func finish(emit: (TextLine) throws -> Void) throws {
        if !bytes.isEmpty { try endLine(emit) }
    }

    private mutating func endLine(_ emit: (TextLine) throws -> Void) throws {
        try emit(TextLine(bytes, number: number, source: source))
        bytes.removeAll(keepingCapacity: true)
        number += 1
    }
}

extension TextFile {
    /// Passes on the file's lines.
    ///
    /// - Throws: what `forEachChunk` does; `badData` for a line that is no text.
    func forEachLine(_ body: (TextLine) throws -> Void) throws {
        var scanner = LineScanner(source: name)
        try forEachChunk { try scanner.feed($0, emit: body) }
        try scanner.finish(emit: body)
    }
}
