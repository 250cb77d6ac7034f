#if os(Linux)
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// A terminal that a program under test writes to.
///
/// Made by Linux's own calls: Swift's C library does not show those of POSIX.
final class PseudoTerminal {
    /// The program's side; closed by `text`.
    let handle: FileHandle
    private let primary: Int32

    /// `TIOCSPTLCK` and `TIOCGPTN` of `asm-generic/ioctls.h`: unlocks a terminal, asks its number.
    private static let unlock: UInt = 0x4004_5431
    private static let askNumber: UInt = 0x8004_5430

    init(columns: UInt16) throws {
        primary = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0, number: Int32 = 0
        guard primary >= 0, ioctl(primary, Self.unlock, &locked) == 0,
            ioctl(primary, Self.askNumber, &number) == 0
        else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let descriptor = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    deinit { close(primary) }

    /// All that is written until the program has ended.
    func text() throws -> String {
        try handle.close()
        var bytes: [UInt8] = [], chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(primary, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { break }
            bytes += chunk.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
#endif
