/// The checksums that SeqNet keeps in the metadata of its safetensors files.
///
/// `checksum` is the CRC-32C of the data region. `header_checksum` is the CRC-32C of all
/// before it (the header's length, the header, its padding), taken while the value of
/// `header_checksum` itself is eight zeros. Both are eight lower-case hexadecimal digits.
enum SafetensorsChecksums {
    static let dataKey = "checksum"
    static let headerKey = "header_checksum"

    /// What stands in the header while its checksum is taken.
    static let placeholder = "00000000"

    /// Where the digits of `header_checksum` are, in the bytes of a header as SeqNet writes
    /// it; nil when there are none. A string that merely mentions the key cannot be mistaken
    /// for it, because its quotes are escaped.
    static func digits(in file: UnsafeRawBufferPointer, before end: Int) -> Range<Int>? {
        let pattern = Array("\"\(headerKey)\":\"".utf8)
        let count = placeholder.utf8.count
        let last = end - pattern.count - count
        guard last >= 0 else { return nil }
        for start in 0...last
        where file[start] == pattern[0] && file[start...].starts(with: pattern) {
            return start + pattern.count..<start + pattern.count + count
        }
        return nil
    }

    /// The checksum of all before the data region, with zeros in place of the digits.
    static func ofHeader(
        _ file: UnsafeRawBufferPointer, before end: Int, digits: Range<Int>
    ) -> CRC32C {
        var crc = CRC32C()
        crc.update(UnsafeRawBufferPointer(rebasing: file[..<digits.lowerBound]))
        Array(placeholder.utf8).withUnsafeBytes { crc.update($0) }
        crc.update(UnsafeRawBufferPointer(rebasing: file[digits.upperBound..<end]))
        return crc
    }
}
