import SeqNet
import Testing

@Suite struct CompressedFormatTests {
    @Test(
        arguments: [
            ([0x1F, 0x8B, 0x08, 0x00], CompressedFormat.gzip),
            ([0x28, 0xB5, 0x2F, 0xFD, 0x04], .zstd),
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 0x00], .xz),
            ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59], .bzip2),
            ([0x42, 0x5A, 0x68, 0x31, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90], .bzip2),
            ([0x50, 0x4B, 0x03, 0x04], .zip),
            ([0x50, 0x4B, 0x05, 0x06], .zip),
        ] as [([UInt8], CompressedFormat)])
    func isKnownByItsFirstBytes(_ bytes: [UInt8], _ format: CompressedFormat) {
        #expect(CompressedFormat(startOf: bytes) == format)
        #expect(bytes.count <= CompressedFormat.longestSignature)
    }

    @Test(arguments: ["", "\u{1F}", "PK", "BZh", "BZh9 is how bzip2 begins", "PKZIP", "The cat"])
    func textIsNotTakenForIt(_ text: String) {
        #expect(CompressedFormat(startOf: text.utf8) == nil)
    }
}
