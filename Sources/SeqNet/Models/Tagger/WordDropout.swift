/// While training, takes rare words for `<unk>` now and then, so that a tagger learns what to make
/// of words that it does not know.
struct WordDropout: Sendable {
    /// The probability that an occurrence of a rare word is taken for `<unk>`, 0 ..< 1.
    let rate: Float
    private let isRare: [Bool]
    private let unknown: Int32

    /// Words that occur in training no more often than this are rare: of more there is enough for
    /// the ones in unknown surroundings.
    private static let rareCount = 3

    /// - Throws: `.usage` for a rate out of range.
    init(rate: Float, of training: TaggerPart) throws {
        guard rate >= 0, rate < 1 else {
            throw SeqNetError(
                .usage, "--word-dropout \(rate): give a probability from 0 to below 1")
        }
        self.rate = rate
        let words = training.table.vocabulary.words
        var counts = [Int](repeating: 0, count: words.count)
        for index in 0..<training.words.count {
            for word in training.words[index] { counts[Int(training.table.ids[Int(word)])] += 1 }
        }
        isRare = counts.map { $0 <= Self.rareCount }
        unknown = words.unknown!
    }

    /// Replaces words of a batch, by random numbers of the tape's step.
    func callAsFunction(_ words: inout [Int32], _ tape: Tape) {
        guard tape.isTraining, rate > 0 else { return }
        let (seed, stream) = tape.nextRandomStream()
        var random = Random(seed: seed, stream: stream)
        for row in words.indices where isRare[Int(words[row])] && random.uniformFloat() < rate {
            words[row] = unknown
        }
    }
}
