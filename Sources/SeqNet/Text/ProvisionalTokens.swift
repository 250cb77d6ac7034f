/// The tokens of a corpus in the order of the text, as ids given at first sight, kept in
/// a file until the vocabulary is known.
///
/// An id takes 7 bits a byte, lowest first, the top bit saying that more follow (LEB128).
/// Frequent tokens are met early, so most take one or two bytes.
struct ProvisionalTokens {
    private let file: ScratchFile
    private var buffer = [UInt8](repeating: 0, count: bufferSize + longestId)
    private var used = 0
    /// Tokens added so far.
    private(set) var count = 0

    /// Bytes that are read and written at once.
    private static let bufferSize = 1 << 16
    /// Bytes that an id takes at most: 31 bits, 7 a byte.
    private static let longestId = 5

    /// - Throws: `cannotWrite` if no file can be made in the folder.
    init(in folder: String) throws { file = try ScratchFile(in: folder) }

    /// Adds a token.
    ///
    /// - Throws: `cannotWrite`.
    mutating func append(_ id: Int32) throws {
        var rest = UInt32(bitPattern: id)
        while rest >= 0x80 {
            buffer[used] = UInt8(truncatingIfNeeded: rest) | 0x80
            used += 1
            rest >>= 7
        }
        buffer[used] = UInt8(truncatingIfNeeded: rest)
        used += 1
        count += 1
        if used >= Self.bufferSize { try flush() }
    }

    /// Writes what is still in memory. Call it once, before reading.
    ///
    /// - Throws: `cannotWrite`.
    mutating func flush() throws {
        try buffer.withUnsafeBytes {
            try file.append(UnsafeRawBufferPointer(rebasing: $0[..<used]))
        }
        used = 0
    }

    /// Passes on all ids in order, in blocks that live only during the call.
    ///
    /// - Throws: `cannotRead`; whatever `body` throws.
    func forEachBlock(_ body: (UnsafeBufferPointer<Int32>) throws -> Void) throws {
        var bytes = [UInt8](repeating: 0, count: Self.bufferSize)
        var ids = [Int32](repeating: 0, count: Self.bufferSize)
        var offset = 0
        var partial: UInt32 = 0  // of an id that the block before cut
        var shift: UInt32 = 0
        while true {
            let got = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
            if got == 0 { return }
            offset += got
            var found = 0
            for byte in bytes[..<got] {
                partial |= UInt32(byte & 0x7F) << shift
                if byte >= 0x80 {
                    shift += 7
                } else {
                    ids[found] = Int32(bitPattern: partial)
                    found += 1
                    (partial, shift) = (0, 0)
                }
            }
            try ids.withUnsafeBufferPointer {
                try body(UnsafeBufferPointer(rebasing: $0[..<found]))
            }
        }
    }
}
