#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A temporary file without a name: it is gone when the last one using it is, even after
/// a kill. It is written with `write`, so that a full disk is an error and no signal.
package final class ScratchFile {
    private let descriptor: CInt
    private let folder: String
    /// Bytes written so far.
    package private(set) var size = 0

    /// Makes a file in a folder, which must exist.
    ///
    /// - Throws: `cannotWrite` if it cannot be made there.
    package init(in folder: String) throws {
        var path = Array("\(folder)/.seqnet-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        self.folder = folder
        guard descriptor >= 0 else {
            throw SeqNetError(
                .cannotWrite,
                "folder '\(folder)': a temporary file cannot be made there: \(lastSystemError()); "
                    + "use a folder that exists and may be written to")
        }
        unlink(path)
    }

    /// Takes over an open file.
    package init(descriptor: CInt, folder: String) {
        self.descriptor = descriptor
        self.folder = folder
    }

    deinit { close(descriptor) }

    /// Adds bytes at the end.
    ///
    /// - Throws: `cannotWrite`, on a full disk for one.
    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let written = write(descriptor, start, rest.count)
            if written >= 0 {
                size += written
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            } else if errno != EINTR {
                throw SeqNetError(
                    .cannotWrite,
                    "folder '\(folder)': the temporary file of token ids cannot grow beyond "
                        + "\(size) bytes: \(lastSystemError()); free some space, or use another folder "
                        + "(--out; elsewhere TMPDIR)"
                )
            }
        }
    }

    /// Reads bytes from an offset.
    ///
    /// - Returns: how many were read; 0 at the end of the file.
    /// - Throws: `cannotRead`.
    package func read(into bytes: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        while true {
            let got = pread(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
            if got >= 0 { return got }
            if errno != EINTR { throw unreadable() }
        }
    }

    /// Maps the whole file for reading. The caller unmaps it; the map outlives the file.
    ///
    /// - Throws: `cannotRead`.
    /// - Precondition: the file is not empty.
    package func map() throws -> UnsafeRawBufferPointer {
        precondition(size > 0, "an empty file cannot be mapped")
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), start != MAP_FAILED
        else { throw unreadable() }
        return UnsafeRawBufferPointer(start: start, count: size)
    }

    private func unreadable() -> SeqNetError {
        SeqNetError(
            .cannotRead,
            "folder '\(folder)': the temporary file of token ids cannot be read: "
                + "\(lastSystemError()); check the disk, or use another folder")
    }
}
