/// chrF2 of a corpus (Popović 2015): how far the runs of 1 to 6 characters of hypotheses and
/// references agree, precision and recall averaged over the runs' lengths, recall counting twice
/// (β = 2).
///
/// Characters are Unicode scalars in the case they stand in, white space is left out. With one
/// reference a hypothesis the score equals that of sacreBLEU's defaults.
public struct CorpusChrF: Sendable {
    /// The greatest length of a run, in characters.
    public static let orders = 6
    /// β², the weight of recall.
    private static let recallWeight = 4.0

    private var counts = NGramCounts(orders: Self.orders)

    public init() {}

    /// Adds one pair of texts.
    public mutating func add(hypothesis: String, reference: String) {
        let expected = Self.characters(of: reference)
        // Where the reference is shorter than a run, the hypothesis' runs do not count either.
        counts.add(
            hypothesis: Self.characters(of: hypothesis), reference: expected,
            orders: min(Self.orders, expected.count))
    }

    /// chrF2, 0 … 100.
    public var score: Double {
        var (precision, recall, orders) = (0.0, 0.0, 0.0)
        for order in 0..<Self.orders
        where counts.hypothesis[order] > 0 && counts.reference[order] > 0 {
            precision += Double(counts.matched[order]) / Double(counts.hypothesis[order])
            recall += Double(counts.matched[order]) / Double(counts.reference[order])
            orders += 1
        }
        if precision + recall == 0 { return 0 }
        (precision, recall) = (precision / orders, recall / orders)
        let weight = Self.recallWeight
        return 100 * (1 + weight) * precision * recall / (weight * precision + recall)
    }

    private static func characters(of text: String) -> [Unicode.Scalar] {
        Array(text.unicodeScalars.lazy.filter { !$0.dividesSegments })
    }
}
