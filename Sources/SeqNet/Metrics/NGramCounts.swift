/// How many n-grams the hypotheses and references of a corpus have and share, by order: what BLEU
/// and chrF are made of.
struct NGramCounts: Sendable {
    /// Of all hypotheses; index 0 holds the unigrams.
    private(set) var hypothesis: [Int]
    /// Of all references.
    private(set) var reference: [Int]
    /// Those of a hypothesis that its reference has too, each as often at most as there.
    private(set) var matched: [Int]

    /// - Parameter orders: the greatest n.
    init(orders: Int) {
        hypothesis = Array(repeating: 0, count: orders)
        reference = hypothesis
        matched = hypothesis
    }

    /// Counts the n-grams of one pair, n = 1 … `orders`. One with `unknown` in it never matches.
    mutating func add<Token: Hashable>(
        hypothesis: [Token], reference: [Token], orders: Int, unknown: Token? = nil
    ) {
        for order in 0..<orders {
            var unmatched: [ArraySlice<Token>: Int] = [:]
            for gram in Self.grams(of: reference, order + 1) {
                unmatched[gram, default: 0] += 1
                self.reference[order] += 1
            }
            for gram in Self.grams(of: hypothesis, order + 1) {
                self.hypothesis[order] += 1
                guard let count = unmatched[gram], count > 0 else { continue }
                if let unknown, gram.contains(unknown) { continue }
                unmatched[gram] = count - 1
                matched[order] += 1
            }
        }
    }

    /// All runs of n tokens.
    private static func grams<Token>(
        of tokens: [Token], _ n: Int
    ) -> some Sequence<ArraySlice<Token>> {
        (0..<max(0, tokens.count - n + 1)).lazy.map { tokens[$0..<$0 + n] }
    }
}
