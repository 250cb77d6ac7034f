import CKernels
import Testing

@Suite struct CRC32CKernelTests {
    /// The examples of RFC 3720, appendix B.4, and the usual check value.
    static let known: [([UInt8], UInt32)] = [
        ([], 0),
        (Array("123456789".utf8), 0xE306_9283),
        (Array(repeating: 0, count: 32), 0x8A91_36AA),
        (Array(repeating: 0xFF, count: 32), 0x62A8_AB43),
        (Array(0..<32), 0x46DD_794E),
        (Array((0..<32).reversed()), 0x113F_DB5C),
    ]

    @Test(arguments: known) func givesThePublishedValues(bytes: [UInt8], expected: UInt32) {
        #expect(sn_crc32c(0, bytes, bytes.count) == expected)
        #expect(sn_crc32c_portable(0, bytes, bytes.count) == expected)
    }

    /// Sizes around a word, the tables' threshold (512) and three streams of 16 KiB.
    @Test(arguments: [1, 7, 8, 9, 511, 512, 519, 49151, 49152, 49161, 98304, 131_101])
    func theInstructionAgreesWithTheTables(count: Int) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }
        let expected = sn_crc32c_portable(0, bytes, count)
        #expect(sn_crc32c(0, bytes, count) == expected)
        let half = count / 2
        let resumed = bytes.withUnsafeBytes { all in
            sn_crc32c(sn_crc32c(0, all.baseAddress, half), all.baseAddress! + half, count - half)
        }
        #expect(resumed == expected)
        let resumedByTables = bytes.withUnsafeBytes { all in
            sn_crc32c_portable(
                sn_crc32c_portable(0, all.baseAddress, half), all.baseAddress! + half, count - half)
        }
        #expect(resumedByTables == expected)
    }
}
