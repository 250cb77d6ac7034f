/// One step of strict UTF-8 decoding, after Unicode 16, table 3-7: no overlong forms,
/// no surrogates, nothing above U+10FFFF.
package enum UTF8Step: Equatable {
    /// A scalar and the number of bytes it takes, 1 … 4.
    case scalar(Unicode.Scalar, length: Int)
    /// The bytes are a proper start of a scalar, and more are needed.
    case incomplete
    /// No scalar starts with these bytes.
    case invalid

    /// Decodes the scalar at the start of `bytes`.
    ///
    /// - Parameter available: bytes that may be read, at least 1.
    @inline(__always)
    package static func decode(_ bytes: UnsafePointer<UInt8>, available: Int) -> UTF8Step {
        let first = bytes[0]
        if first < 0x80 { return .scalar(Unicode.Scalar(first), length: 1) }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return .invalid
        }
        if available < 2 { return .incomplete }
        if !second.contains(bytes[1]) { return .invalid }
        var value = UInt32(first & (0x7F >> UInt8(length))) << 6 | UInt32(bytes[1] & 0x3F)
        for index in 2..<max(length, 2) {
            if index == available { return .incomplete }
            if bytes[index] & 0xC0 != 0x80 { return .invalid }
            value = value << 6 | UInt32(bytes[index] & 0x3F)
        }
        // The ranges above leave only scalar values.
        return .scalar(Unicode.Scalar(value).unsafelyUnwrapped, length: length)
    }
}
