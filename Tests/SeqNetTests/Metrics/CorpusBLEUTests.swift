import SeqNet
import Testing

struct CorpusBLEUTests {
    private func bleu(_ pairs: [([Int], [Int])], unknown: Int? = nil) -> CorpusBLEU {
        var bleu = CorpusBLEU()
        for (hypothesis, reference) in pairs {
            bleu.add(hypothesis: hypothesis, reference: reference, unknown: unknown)
        }
        return bleu
    }

    private func isNear(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) < 1e-9
    }

    @Test func aCorpusIsWholeBeforeItIsAveraged() {
        // The first pair has no 4-gram; its words count all the same.
        let score = bleu([([1, 2, 3], [1, 2, 3]), ([4, 5, 6, 7], [4, 5, 6, 7])])
        #expect(score.precisions == [100, 100, 100, 100])
        #expect(isNear(score.score, 100))
    }

    @Test func repeatedWordsAreClipped() {
        #expect(bleu([([1, 1, 1, 1], [1, 1, 2, 3])]).precisions[0] == 50)
        // What one reference lacks, another's surplus does not make up for.
        #expect(bleu([([1, 1], [1, 2]), ([3, 3], [1, 1])]).precisions[0] == 25)
    }

    @Test func ordersWithoutAMatchAreSmoothedMoreEachTime() {
        // One word of five is right: 1/5, then 1/2 of 1/4, 1/4 of 1/3, 1/8 of 1/2.
        let precisions = bleu([([1, 8, 8, 8, 8], [1, 2, 3, 4, 5])]).precisions
        for (precision, expected) in zip(precisions, [20, 12.5, 100.0 / 12, 6.25]) {
            #expect(isNear(precision, expected))
        }
    }

    @Test func shortHypothesesArePenalisedAndLongOnesAreNot() {
        #expect(isNear(bleu([([1, 2], [1, 2, 3, 4])]).brevityPenalty, 0.36787944117144233))
        #expect(bleu([([1, 2, 3], [1, 2])]).brevityPenalty == 1)
        #expect(bleu([([1], [1, 2]), ([1, 2, 3], [1, 2])]).brevityPenalty == 1)
    }

    @Test func unknownMatchesNothing() {
        let pairs = [([1, 0, 2, 3, 4, 5], [1, 0, 2, 3, 4, 5])]
        #expect(isNear(bleu(pairs).score, 100))
        #expect(isNear(bleu(pairs, unknown: 0).precisions[0], 500.0 / 6))
        #expect(isNear(bleu(pairs, unknown: 0).precisions[1], 60))
    }

    @Test func nothingScoresNothing() {
        #expect(bleu([]).score == 0)
        #expect(bleu([([], [])]).score == 0)
        #expect(bleu([([], [1])]).brevityPenalty == 0)
        #expect(bleu([([1, 2, 3, 4], [5, 6, 7, 8])]).precisions == [0, 0, 0, 0])
    }
}
