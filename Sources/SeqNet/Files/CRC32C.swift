import CKernels

/// The CRC-32C (Castagnoli) of bytes that come piece by piece.
///
/// ```swift
/// var crc = CRC32C()
/// crc.update(bytes)
/// crc.hexadecimal  // "e3069283" for the bytes of "123456789"
/// ```
public struct CRC32C: Equatable, Sendable {
    /// The checksum of everything so far; 0 at the start.
    public private(set) var value: UInt32 = 0

    public init() {}

    /// Takes in the next bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        value = sn_crc32c(value, start, bytes.count)
    }

    /// The checksum as eight lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
