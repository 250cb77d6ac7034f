import Testing

@testable import SeqNet

struct ReviewsDataSetTests {
    private static let data = try! ReviewsDataSet()
    private var parts: DataSetParts<Review> { Self.data.parts }
    private var reviews: [Review] { parts.train + parts.valid + parts.test }

    @Test func theRatingFollowsFromTheWords() {
        for review in reviews {
            let ratings = Set(ReviewReader.ratings(of: review.text))
            #expect(ratings == [review.rating], "\(review.text)")
        }
    }

    @Test func ratingsAreUnbalanced() {
        let shares = (1...5).map { rating in
            Double(parts.train.count { $0.rating == rating }) / Double(parts.train.count)
        }
        for (share, expected) in zip(shares, [0.08, 0.07, 0.12, 0.23, 0.5]) {
            #expect(abs(share - expected) < 0.02)
        }
    }

    /// Whoever counts words alone is misled by opinions that do not count.
    @Test func orderMatters() {
        let misleading = parts.train.count { review in
            ReviewReader.opinions(ReviewReader.words(review.text)).contains { $0 != review.rating }
        }
        #expect(Double(misleading) / Double(parts.train.count) > 0.3)
    }

    @Test func noReviewIsInTwoPlaces() {
        #expect(Set(reviews.map(\.text)).count == reviews.count)
    }

    /// Quotes, commas and line breaks within fields come back as they were.
    @Test func filesAreReadBack() throws {
        let folder = try TemporaryFolder()
        try Self.data.write(to: folder.path)
        let file = try DelimitedFile(contentsOf: folder.path("train.csv"), hasHeader: true)
        #expect(file.header == ["text", "rating"])
        #expect(
            file.records.map { Review(text: $0.text(0), rating: Int($0.text(1))!) } == parts.train)
        for mark in ["\"", ",", "\n"] {
            #expect(parts.train.count { $0.text.contains(mark) } > 100)
        }
        #expect(try folder.names() == ["test.csv", "train.csv", "valid.csv"])
    }

    @Test func textOfASeedStaysTheSame() throws {
        #expect(try ReviewsDataSet(size: 500, seed: 3).checksum == "5c15796d")
        #expect(try ReviewsDataSet(size: 500, seed: 4).checksum != "5c15796d")
        #expect(parts.train[0] == Review(text: "The shop calls it \"superb\". It is perfect.", rating: 5))
    }
}
