import SeqNet
import Testing

struct TranslationScoresTests {
    @Test func everyMeasureLooksAtItsOwnText() {
        var scores = TranslationScores()
        scores.add(
            hypothesis: [1, 2, 3, 4], reference: [1, 2, 3, 4], unknown: 0,
            text: "it is late, dear", referenceText: "It is late, dear")
        #expect(scores.count == 1)
        #expect(abs(scores.bleu - 100) < 1e-9)
        // It is late , dear: 4 of 5, 3 of 4, 2 of 3, 1 of 2 are right.
        #expect(abs(scores.detokenizedBLEU - 66.8740304976422) < 1e-9)
        #expect(scores.chrF > 80 && scores.chrF < 100)
        #expect(scores.exactMatch == 1)
    }

    @Test func exactIsWhatHasTheTokensAndNoUnknownOne() {
        var scores = TranslationScores()
        #expect(scores.exactMatch.isNaN)
        let pairs = [([1, 2], [1, 2]), ([1, 0], [1, 0]), ([1], [1, 2]), ([], [3])]
        for (hypothesis, reference) in pairs {
            scores.add(
                hypothesis: hypothesis, reference: reference, unknown: 0, text: "",
                referenceText: "x")
        }
        #expect(scores.count == 4 && scores.exactMatch == 0.25)
    }
}
