import SeqNet
import Testing

@Suite struct CRC32CTests {
    @Test func takesBytesPieceByPiece() {
        var crc = CRC32C()
        #expect(crc.hexadecimal == "00000000")
        for piece in ["1234", "", "56789"] {
            Array(piece.utf8).withUnsafeBytes { crc.update($0) }
        }
        #expect(crc.value == 0xE306_9283)
        #expect(crc.hexadecimal == "e3069283")
    }

    @Test func writesLeadingZeros() {
        var crc = CRC32C()
        // Found by trial: the checksum of this text begins with a zero.
        let text = (0..<200).map { "\($0)" }.first { candidate in
            var trial = CRC32C()
            Array(candidate.utf8).withUnsafeBytes { trial.update($0) }
            return trial.value < 1 << 28
        }
        Array(text!.utf8).withUnsafeBytes { crc.update($0) }
        #expect(crc.hexadecimal.count == 8)
        #expect(UInt32(crc.hexadecimal, radix: 16) == crc.value)
    }
}
