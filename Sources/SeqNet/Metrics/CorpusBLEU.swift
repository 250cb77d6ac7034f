#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// BLEU of a corpus (Papineni et al. 2002) with one reference a hypothesis: the geometric mean of
/// the clipped precisions of 1- to 4-grams, times the brevity penalty.
///
/// An order without a match counts as half a match, the next such order as a quarter, and so on
/// (Chen and Cherry 2014, method 3), as sacreBLEU does by default: on equal tokens the scores are
/// equal.
///
/// ```swift
/// var bleu = CorpusBLEU()
/// for (hypothesis, reference) in texts {
///     bleu.add(
///         hypothesis: Tokenizer13a.tokens(of: hypothesis),
///         reference: Tokenizer13a.tokens(of: reference))
/// }
/// print(bleu.score)
/// ```
public struct CorpusBLEU: Sendable {
    /// The greatest n of the n-grams.
    public static let orders = 4

    private var counts = NGramCounts(orders: Self.orders)

    public init() {}

    /// Adds one pair of sentences.
    ///
    /// - Parameter unknown: the token of unknown words, which matches nothing, itself neither; nil
    ///   if there is none.
    public mutating func add<Token: Hashable>(
        hypothesis: [Token], reference: [Token], unknown: Token? = nil
    ) {
        counts.add(
            hypothesis: hypothesis, reference: reference, orders: Self.orders, unknown: unknown)
    }

    /// What is taken off for hypotheses that are shorter than their references together:
    /// exp(1 - reference tokens / hypothesis tokens), at most 1.
    public var brevityPenalty: Double {
        let (length, expected) = (counts.hypothesis[0], counts.reference[0])
        if length >= expected { return 1 }
        return length == 0 ? 0 : exp(1 - Double(expected) / Double(length))
    }

    /// The smoothed precisions of 1- to 4-grams in per cent; 0 of an order that no hypothesis is
    /// long enough for, and all 0 if nothing matches.
    public var precisions: [Double] {
        var precisions = [Double](repeating: 0, count: Self.orders)
        guard counts.matched.contains(where: { $0 > 0 }) else { return precisions }
        var smoothing = 1.0
        for order in 0..<Self.orders where counts.hypothesis[order] > 0 {
            let (matched, total) = (counts.matched[order], Double(counts.hypothesis[order]))
            if matched == 0 { smoothing *= 2 }
            precisions[order] = 100 * (matched == 0 ? 1 / smoothing : Double(matched)) / total
        }
        return precisions
    }

    /// BLEU, 0 … 100; 0 if no hypothesis has four tokens.
    public var score: Double {
        brevityPenalty * exp(precisions.map { log($0) }.reduce(0, +) / Double(Self.orders))
    }
}
