import SeqNet
import Testing

struct CorpusChrFTests {
    private func chrF(_ pairs: [(String, String)]) -> Double {
        var chrF = CorpusChrF()
        for pair in pairs { chrF.add(hypothesis: pair.0, reference: pair.1) }
        return chrF.score
    }

    @Test func whiteSpaceDoesNotCount() {
        #expect(chrF([("a b\u{202F}c\u{1C}d\n", "abcd")]) == 100)
    }

    @Test func recallCountsTwice() {
        // One of two characters is right, or one of the reference's two is found.
        #expect(abs(chrF([("ax", "a")]) - 100 * 5 * 0.5 / (4 * 0.5 + 1)) < 1e-9)
        // Precision 1, recall 1/2; the run of two has no hypothesis.
        #expect(abs(chrF([("a", "ax")]) - 100 * 5 * 0.5 / (4 + 0.5)) < 1e-9)
    }

    @Test func charactersAreScalars() {
        #expect(chrF([("e\u{301}", "\u{E9}")]) == 0)
        #expect(chrF([("\u{212B}", "\u{C5}")]) == 0)
    }

    @Test func nothingScoresNothing() {
        #expect(chrF([]) == 0)
        #expect(chrF([("", ""), ("", "a"), ("a", "")]) == 0)
    }
}
