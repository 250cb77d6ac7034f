#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The log of a run: JSON lines, each of which is on the disk when ``append(_:)`` returns.
public struct RunLog: Sendable {
    public let path: String

    public init(path: String) { self.path = path }

    /// Bytes in the log; 0 when there is none.
    public var length: Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Appends a line and waits until the disk has it.
    ///
    /// - Throws: `SeqNetError(.cannotWrite)`; the log is then as long as before.
    public func append(_ line: JSONValue) throws {
        try append(line, calls: .system)
    }

    func append(_ line: JSONValue, calls: WritingCalls) throws {
        let bytes = try line.serializedBytes() + [UInt8(ascii: "\n")]
        do {
            let isNew = FileSystem.kind(of: path) == .missing
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw SystemError() }
            defer { close(descriptor) }
            let before = lseek(descriptor, 0, SEEK_END)
            do {
                try bytes.withUnsafeBytes { try calls.writeAll($0, to: descriptor) }
                guard calls.sync(descriptor) == 0 else { throw SystemError() }
            } catch {
                // Take back half a line. Should that fail too, a resume cuts it off.
                _ = ftruncate(descriptor, before)
                throw error
            }
            if isNew { try FileSystem.syncFolder(FilePath.folder(of: path)) }
        } catch let error as SystemError {
            throw error.whenWriting(path)
        }
    }

    /// Cuts the log to the length it had at a checkpoint.
    ///
    /// - Returns: how many bytes the log is shorter than that already: not 0 when someone cut
    ///   or removed it. It then stays as it is, and the caller should say so.
    /// - Throws: `SeqNetError(.cannotWrite)`.
    public func truncate(to length: Int) throws -> Int {
        let missing = max(length - self.length, 0)
        if missing > 0 || FileSystem.kind(of: path) == .missing { return missing }
        do {
            let descriptor = open(path, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw SystemError() }
            defer { close(descriptor) }
            guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else {
                throw SystemError()
            }
        } catch let error as SystemError {
            throw error.whenWriting(path)
        }
        return 0
    }

    /// The lines. A last line without its newline is being written or was cut off by a kill,
    /// and is left out.
    ///
    /// - Throws: `SeqNetError(.cannotRead)`, or `.badData` with the line that is no JSON.
    public func lines() throws -> [JSONValue] {
        let contents = try FileContents(path: path, access: .copied, subject: "log '\(path)'")
        let newline = UInt8(ascii: "\n")
        let whole = contents.bytes.split(separator: newline, omittingEmptySubsequences: false)
            .dropLast()
        return try whole.enumerated().map { index, line in
            try JSONValue(
                parsing: UnsafeRawBufferPointer(rebasing: line),
                subject: "log '\(path)', entry \(index + 1)")
        }
    }
}
