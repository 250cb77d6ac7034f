/// Reviews of things bought, with a rating from 1 to 5 that follows from their words:
///
/// ```
/// text,rating
/// "The fit is terrible, but the colour is not bad.",4
/// "I bought it in June. The shop calls it ""perfect"". Although the lining is good, it is awful.",1
/// ```
///
/// All that counts in a review says the same rating. What counts is an opinion of the thing at
/// hand; of two that "but" or "although" joins, the one that is not conceded. Opinions of other
/// things ("my old one", what the shop says) do not count. "Not" turns good into bad and bad into
/// good, "very" makes each stronger. So the same words in another order may have another rating.
///
/// Half of the ratings are 5, and few are 2 or 3. No rating is drawn amiss: a perfect model has
/// an accuracy of 1.
public struct ReviewsDataSet: GeneratedDataSet {
    /// Training reviews: with fewer they may all have one rating; all are held in memory.
    public static let sizes = 20...1_000_000
    public static let defaultSize = 6000

    public let parts: DataSetParts<Review>

    /// Draws a data set with `size` training reviews.
    /// - Throws: `SeqNetError(.usage)` when `size` is not in ``sizes``.
    public init(size: Int = defaultSize, seed: UInt64 = 1) throws {
        try Self.require(size: size, in: Self.sizes, of: "reviews")
        let grammar = ReviewsGrammar()
        parts = DataSetParts(size: size, seed: seed, identity: \.text) { random in
            grammar.review(random: &random)
        }
    }

    /// `train.csv`, `valid.csv` and `test.csv` with the columns text and rating.
    public var files: [GeneratedFile] {
        parts.files(extension: "csv") { reviews in
            CSVText.line(["text", "rating"])
                + reviews.map { CSVText.line([$0.text, String($0.rating)]) }.joined()
        }
    }
}
