#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The content of a regular file, mapped or copied, as long as the object lives.
///
/// Unchecked Sendable: the bytes and how to release them never change after `init`.
final class FileContents: @unchecked Sendable {
    /// The whole file. Its first byte lies on a multiple of 64 bytes.
    let bytes: UnsafeRawBufferPointer
    private let access: FileAccess

    /// - Parameter subject: what the file is, for errors: `model 'a.safetensors'`.
    /// - Throws: `SeqNetError(.cannotRead)` when it is missing, is no regular file, or cannot
    ///   be read.
    init(path: String, access: FileAccess, subject: String) throws {
        self.access = access
        do {
            // Non-blocking, or opening a pipe would wait for its writer.
            let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw SystemError() }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw SystemError() }
            try Self.requireFile(status, subject)
            let size = Int(status.st_size)
            bytes =
                switch access {
                case _ where size == 0: UnsafeRawBufferPointer(start: nil, count: 0)
                case .mapped: try Self.map(descriptor, size)
                case .copied: try Self.copy(descriptor, size)
                }
        } catch let error as SystemError {
            throw error.whenReading(subject)
        }
    }

    deinit {
        guard let start = bytes.baseAddress else { return }
        switch access {
        case .mapped: munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
        case .copied: start.deallocate()
        }
    }

    private static func requireFile(_ status: stat, _ subject: String) throws {
        switch FileSystem.kind(of: status) {
        case .file: return
        case .folder:
            throw SeqNetError(.cannotRead, "\(subject): is a folder; name a file in it")
        case .missing, .other:
            throw SeqNetError(
                .cannotRead, "\(subject): is a device or a pipe; write it to a file first")
        }
    }

    private static func map(_ descriptor: Int32, _ size: Int) throws -> UnsafeRawBufferPointer {
        guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            start != MAP_FAILED
        else { throw SystemError() }
        return UnsafeRawBufferPointer(start: start, count: size)
    }

    /// Reads up to `size` bytes; fewer when the file was cut short meanwhile.
    private static func copy(_ descriptor: Int32, _ size: Int) throws -> UnsafeRawBufferPointer {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        var count = 0
        while count < size {
            // One call takes less than 2 GiB on Linux and on macOS.
            let taken = read(descriptor, buffer.baseAddress! + count, min(size - count, 1 << 30))
            if taken == 0 { break }
            if taken > 0 {
                count += taken
            } else if errno != EINTR {
                let error = SystemError()
                buffer.deallocate()
                throw error
            }
        }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
    }
}
