import SeqNet

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reads lines from a file or stdin as they come: what is there is given at once, so that a
/// program on the other side of a pipe is answered line by line.
struct LineReader {
    /// What error messages call the input.
    let name: String
    private let path: String
    private let descriptor: Int32
    private var rest: [UInt8] = []
    private var isAtStart = true
    private var isAtEnd = false

    private static let chunk = 1 << 16

    /// - Parameter path: `-` is stdin.
    /// - Throws: `.cannotRead`.
    init(path: String) throws {
        self.path = path
        name = path == "-" ? "stdin" : "text '\(path)'"
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw Self.failure(name) }
    }

    /// The lines that are complete by now, at least one; without their newlines, and without a
    /// carriage return before them. nil at the end.
    /// - Throws: `.cannotRead`; `.badData` for a compressed file.
    mutating func nextLines() throws -> [[UInt8]]? {
        var lines: [[UInt8]] = []
        while lines.isEmpty && !isAtEnd {
            let isStart = isAtStart
            rest += try nextBytes() ?? []
            if isStart, rest.starts(with: ByteOrderMark.utf8) { rest.removeFirst(ByteOrderMark.utf8.count) }
            lines = takeLines()
        }
        return lines.isEmpty ? nil : lines
    }

    /// The bytes that have come by now, at least one; nil at the end.
    /// - Throws: `.cannotRead`; `.badData` for a compressed file.
    mutating func nextBytes() throws -> ArraySlice<UInt8>? {
        var chunk = [UInt8](repeating: 0, count: Self.chunk)
        var count = -1
        while count < 0 {
            count = read(descriptor, &chunk, chunk.count)
            if count < 0 && errno != EINTR { throw Self.failure(name) }
        }
        isAtEnd = count == 0
        if isAtStart { try refuseCompressed(chunk[..<count]) }
        isAtStart = false
        return count == 0 ? nil : chunk[..<count]
    }

    private func refuseCompressed(_ start: ArraySlice<UInt8>) throws {
        guard let format = CompressedFormat(startOf: start) else { return }
        throw SeqNetError(
            .badData, "\(name): is compressed (\(format.rawValue)); unpack it first, as "
                + "`\(format.unpackCommand(for: path))` does")
    }

    private mutating func takeLines() -> [[UInt8]] {
        var parts = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let last = parts.removeLast()
        var lines = parts.map { Array($0) }
        if isAtEnd {
            if !last.isEmpty { lines.append(Array(last)) }
            rest = []
        } else {
            rest = Array(last)
        }
        return lines.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : $0 }
    }

    private static func failure(_ name: String) -> SeqNetError {
        SeqNetError(
            .cannotRead, "\(name): cannot read: \(String(cString: strerror(errno))); check the path")
    }
}
