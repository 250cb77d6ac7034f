import SeqNet
import TestSupport
import Testing

/// BLEU, its tokenisation and chrF against sacreBLEU.
struct TranslationGoldenTests {
    private let golden: GoldenTranslationScores

    init() throws { golden = try GoldenTranslationScores.read() }

    private func expectEqual(
        _ value: Double, _ expected: Double, _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            abs(value - expected) <= 1e-9, "\(what): \(value), not \(expected)",
            sourceLocation: sourceLocation)
    }

    @Test func tokens() {
        #expect(golden.tokenized.count > 200)
        for segment in golden.tokenized {
            #expect(
                Tokenizer13a.tokens(of: segment.text) == segment.tokens.map { Array($0.utf8) },
                "\(segment.text.debugDescription)")
        }
    }

    @Test func scoresOfText() {
        #expect(golden.texts.count > 50)
        for corpus in golden.texts {
            var bleu = CorpusBLEU()
            var chrF = CorpusChrF()
            for pair in corpus.pairs {
                bleu.add(
                    hypothesis: Tokenizer13a.tokens(of: pair[0]),
                    reference: Tokenizer13a.tokens(of: pair[1]))
                chrF.add(hypothesis: pair[0], reference: pair[1])
            }
            let name = "\(corpus.pairs.count) pairs from \(corpus.pairs[0])"
            expectEqual(bleu.score, corpus.bleu, "BLEU of \(name)")
            expectEqual(bleu.brevityPenalty, corpus.brevityPenalty, "brevity penalty of \(name)")
            for (order, precision) in corpus.precisions.enumerated() {
                expectEqual(bleu.precisions[order], precision, "precision \(order + 1) of \(name)")
            }
            expectEqual(chrF.score, corpus.chrf, "chrF of \(name)")
        }
    }

    /// The file counts `<unk>` of a hypothesis as a word that is in no reference.
    @Test func bleuOfTokensWithUnknownOnes() {
        #expect(golden.tokens.contains { $0.bleu > 0 && $0.pairs[0][0].contains("<unk>") })
        for corpus in golden.tokens {
            var bleu = CorpusBLEU()
            for pair in corpus.pairs {
                let sides = pair.map { $0.split(separator: " ").map { Array($0.utf8) } }
                bleu.add(
                    hypothesis: sides[0], reference: sides[1], unknown: SpecialToken.unknown)
            }
            expectEqual(bleu.score, corpus.bleu, "BLEU of \(corpus.pairs)")
        }
    }
}
