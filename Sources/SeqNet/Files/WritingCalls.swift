#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

private let systemWrite = write(_:_:_:)
private let systemRename = rename(_:_:)

/// The system calls of writing a file, so that a test can let each of them fail.
struct WritingCalls {
    var write: (Int32, UnsafeRawPointer, Int) -> Int
    var sync: (Int32) -> Int32
    var rename: (String, String) -> Int32

    static var system: WritingCalls {
        WritingCalls(
            write: { systemWrite($0, $1, $2) },
            sync: { descriptor in
                #if canImport(Darwin)
                // There, fsync does not reach the disk's own cache.
                if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
                #endif
                return fsync(descriptor)
            },
            rename: { systemRename($0, $1) })
    }

    /// Writes all of the bytes: again after a signal, and on after a partial write.
    /// - Throws: `SystemError`.
    func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        // One call takes less than 2 GiB on Linux and on macOS.
        let greatestWrite = 1 << 30
        var rest = bytes
        while let start = rest.baseAddress, rest.count > 0 {
            let written = write(descriptor, start, min(rest.count, greatestWrite))
            if written > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            } else if written == 0 {
                throw SystemError(EIO)
            } else if errno != EINTR {
                throw SystemError()
            }
        }
    }
}
