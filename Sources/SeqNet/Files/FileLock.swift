#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// An exclusive lock on a file, held until the object goes or the process ends, however it
/// ends. The file stays behind and holds the number of the process that locked it last.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock without waiting.
    ///
    /// - Parameter subject: what is locked, for errors: `run 'runs/a'`.
    /// - Throws: `SeqNetError(.cannotCreate)` when another process, or another object of this
    ///   one, holds it; `.cannotWrite` when the file cannot be made or locked.
    init(path: String, subject: String) throws {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        guard opened >= 0 else { throw SystemError().whenWriting(path) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let error = SystemError()
            defer { close(opened) }
            if error.code != EWOULDBLOCK { throw error.whenWriting(path) }
            throw SeqNetError(
                .cannotCreate, "\(subject): is busy: \(Self.holder(opened)) is writing to it; "
                    + "wait until it ends, or choose another --out")
        }
        descriptor = opened
        let text = "\(getpid())\n"
        // The number only serves the message above: no harm when it cannot be written.
        _ = ftruncate(opened, 0)
        _ = text.withCString { pwrite(opened, $0, text.utf8.count, 0) }
    }

    deinit { close(descriptor) }

    /// The process that the lock file names, in an error's words.
    private static func holder(_ descriptor: Int32) -> String {
        var digits = [UInt8](repeating: 0, count: 20)
        let count = pread(descriptor, &digits, digits.count, 0)
        let number = digits.prefix(max(count, 0)).prefix { (0x30...0x39).contains($0) }
        return number.isEmpty
            ? "another process" : "process " + String(decoding: number, as: UTF8.self)
    }
}
