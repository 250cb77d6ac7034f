#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A text file that is read once, from front to back, in chunks. Pipes will do.
struct TextFile {
    let path: String

    /// What error messages call it.
    var name: String { "text '\(path)'" }

    /// Bytes a read asks for: large against the cost of a call, small against the caches.
    private static let chunkSize = 1 << 18

    /// Passes on the file's bytes, chunk after chunk.
    ///
    /// - Throws: `cannotRead` for a file that is missing, unreadable or a folder; `badData`
    ///   for a compressed one; whatever `body` throws.
    func forEachChunk(_ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable() }
        if status.st_mode & S_IFMT == S_IFDIR {
            throw SeqNetError(.cannotRead, "\(name): is a folder; name the files in it")
        }

        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.chunkSize, alignment: 64)
        defer { buffer.deallocate() }
        let bytes = buffer.bindMemory(to: UInt8.self)
        // A pipe may give less than a signature at first.
        var filled = 0
        while filled < CompressedFormat.longestSignature {
            let got = try fill(bytes[filled...], from: descriptor)
            if got == 0 { break }
            filled += got
        }
        if let format = CompressedFormat(startOf: bytes.prefix(filled)) {
            throw SeqNetError(
                .badData,
                "\(name): is compressed (\(format.rawValue)); unpack it first, "
                    + "as `\(format.unpackCommand(for: path))` does")
        }
        while filled > 0 {
            try body(UnsafeBufferPointer(rebasing: bytes[..<filled]))
            filled = try fill(bytes[...], from: descriptor)
        }
    }

    /// Reads what comes next into the buffer.
    ///
    /// - Returns: the number of bytes; 0 at the end of the file.
    private func fill(
        _ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>, from descriptor: CInt
    ) throws -> Int {
        let free = UnsafeMutableBufferPointer(rebasing: bytes)
        while true {
            let got = read(descriptor, free.baseAddress, free.count)
            if got >= 0 { return got }
            if errno != EINTR { throw unreadable() }
        }
    }

    private func unreadable() -> SeqNetError {
        SeqNetError(.cannotRead, "\(name): cannot be read: \(lastSystemError()); check the path")
    }
}
