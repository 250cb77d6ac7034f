/// What some programs put before a text to name its encoding; it is no part of the text.
package enum ByteOrderMark {
    package static let utf8: [UInt8] = [0xEF, 0xBB, 0xBF]
}
