import CKernels
import Testing

/// The known answers that come with the paper (Random123, kat_vectors, philox4x32 10).
struct PhiloxTests {
    private func philox(seed: UInt64, stream: UInt64, index: UInt64) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: 4)
        sn_philox(&words, seed, stream, index)
        return words
    }

    @Test func knownAnswerOfZeros() {
        #expect(
            philox(seed: 0, stream: 0, index: 0)
                == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    }

    @Test func knownAnswerOfOnes() {
        #expect(
            philox(seed: .max, stream: .max, index: .max)
                == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    }

    @Test func knownAnswerOfTheDigitsOfPi() {
        // Counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0.
        #expect(
            philox(
                seed: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e,
                index: 0x85a3_08d3_243f_6a88)
                == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
    }
}
