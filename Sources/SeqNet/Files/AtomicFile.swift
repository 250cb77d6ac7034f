#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Writes whole files so that at any moment, a crash and a full disk included, either the
/// old file or the new one is there.
public enum AtomicFile {
    /// Writes the text as UTF-8; see ``write(_:to:)-([UnsafeRawBufferPointer],_)``.
    public static func write(_ text: String, to path: String) throws {
        var text = text
        try text.withUTF8 { try write([UnsafeRawBufferPointer($0)], to: path) }
    }

    /// Writes the pieces one after another as the new content of the file.
    ///
    /// They go to a temporary file in the same folder (`.name.<16 hex digits>.tmp`), which is
    /// synced and then renamed; last, the folder is synced. A symbolic link at `path` stays,
    /// and what it points at is replaced.
    ///
    /// - Throws: `SeqNetError(.cannotWrite)` that says why and how to mend it. The temporary
    ///   file is gone then, and the old file is as it was (only when the very last step, the
    ///   sync of the folder, fails, the new file is already in its place).
    public static func write(_ pieces: [UnsafeRawBufferPointer], to path: String) throws {
        try write(pieces, to: path, calls: .system)
    }

    static func write(
        _ pieces: [UnsafeRawBufferPointer], to path: String, calls: WritingCalls
    ) throws {
        do {
            let target = try resolved(path)
            let folder = FilePath.folder(of: target)
            let temporary = FilePath.join(folder, temporaryName(for: FilePath.name(of: target)))
            try create(temporary, pieces, calls)
            if calls.rename(temporary, target) != 0 {
                let error = SystemError()
                unlink(temporary)
                throw error
            }
            try FileSystem.syncFolder(folder)
        } catch let error as SystemError {
            throw error.whenWriting(path)
        }
    }

    /// Removes what killed processes left of unfinished writes of the files of these names.
    /// The caller makes sure that nobody writes them now.
    /// - Throws: `SeqNetError(.cannotWrite)`.
    static func removeLeftovers(of names: [String], in folder: String) throws {
        do {
            for name in try FileSystem.names(in: folder)
            where names.contains(where: { isTemporary(name, for: $0) }) {
                try FileSystem.removeFile(FilePath.join(folder, name))
            }
        } catch let error as SystemError {
            throw error.whenWriting(folder)
        }
    }

    /// Where a write to `path` ends up. Refuses to replace a folder or a device.
    private static func resolved(_ path: String) throws -> String {
        switch FileSystem.kind(of: path) {
        case .missing: return path
        case .folder: throw SystemError(EISDIR)
        case .other:
            throw SeqNetError(
                .cannotWrite, "cannot write '\(path)': it is a device or a pipe; name a file")
        case .file:
            guard let target = realpath(path, nil) else { throw SystemError() }
            defer { free(target) }
            return String(cString: target)
        }
    }

    private static func create(
        _ path: String, _ pieces: [UnsafeRawBufferPointer], _ calls: WritingCalls
    ) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw SystemError() }
        do {
            for piece in pieces { try calls.writeAll(piece, to: descriptor) }
            guard calls.sync(descriptor) == 0 else { throw SystemError() }
        } catch {
            close(descriptor)
            unlink(path)
            throw error
        }
        // A network file system may report a full disk only here.
        guard close(descriptor) == 0 || errno == EINTR else {
            let error = SystemError()
            unlink(path)
            throw error
        }
    }

    private static func temporaryName(for name: String) -> String {
        let digits = String(UInt64.random(in: 0...UInt64.max), radix: 16)
        return ".\(name)." + String(repeating: "0", count: 16 - digits.utf8.count) + digits + ".tmp"
    }

    private static func isTemporary(_ candidate: String, for name: String) -> Bool {
        let bytes = Array(candidate.utf8)
        let prefix = Array(".\(name).".utf8)
        let suffix = Array(".tmp".utf8)
        guard bytes.count == prefix.count + 16 + suffix.count else { return false }
        let digits = bytes[prefix.count..<prefix.count + 16]
        return bytes.starts(with: prefix) && bytes.suffix(suffix.count).elementsEqual(suffix)
            && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}
