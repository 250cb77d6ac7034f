import SeqNet
import Testing

@Suite struct UTF8StepTests {
    private func decode(_ bytes: [UInt8]) -> UTF8Step {
        bytes.withUnsafeBufferPointer { UTF8Step.decode($0.baseAddress!, available: $0.count) }
    }

    @Test func decodesScalarsOfEveryLength() {
        for scalar in "\0A\u{7F}\u{80}é\u{7FF}\u{800}अ中\u{D7FF}\u{E000}\u{FFFF}\u{10000}🦜\u{10FFFF}"
            .unicodeScalars
        {
            let bytes = Array(UTF8.encode(scalar)!)
            #expect(decode(bytes + [0x41]) == .scalar(scalar, length: bytes.count))
        }
    }

    @Test func everyProperStartOfAScalarIsIncomplete() {
        for scalar in "é中🦜\u{D7FF}\u{10FFFF}".unicodeScalars {
            let bytes = Array(UTF8.encode(scalar)!)
            for length in 1..<bytes.count {
                #expect(decode(Array(bytes[..<length])) == .incomplete)
            }
        }
    }

    /// All pairs of first bytes, completed by continuation bytes, against the standard
    /// library: no overlong form, no surrogate, nothing above U+10FFFF.
    @Test func acceptsExactlyWhatIsValid() {
        var accepted = 0
        for first in UInt8.min...UInt8.max {
            for second in UInt8.min...UInt8.max {
                let bytes = [first, second, 0x80, 0xBF]
                let prefix = (1...4).first {
                    String(validating: bytes[..<$0], as: UTF8.self) != nil
                }
                switch decode(bytes) {
                case .scalar(_, let length):
                    accepted += 1
                    #expect(length == prefix, "\(bytes)")
                case .invalid: #expect(prefix == nil, "\(bytes)")
                case .incomplete: Issue.record("four bytes are enough: \(bytes)")
                }
            }
        }
        // ASCII · 256, C2…DF, E0, E1…EC EE EF, ED, F0, F1…F3, F4 with their second bytes.
        #expect(accepted == 128 * 256 + 30 * 64 + 32 + 14 * 64 + 32 + 48 + 3 * 64 + 16)
    }

    @Test(
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F], [0xED, 0xA0], [0xF0, 0x8F],
            [0xF4, 0x90], [0xF5, 0x80], [0xFE], [0xFF], [0xE2, 0x82, 0x41], [0xF0, 0x9F, 0x41],
            [0xF0, 0x9F, 0xA6, 0xC0],
        ] as [[UInt8]])
    func refusesInvalidBytesAsSoonAsTheyAreSeen(_ bytes: [UInt8]) {
        #expect(decode(bytes) == .invalid)
    }
}
