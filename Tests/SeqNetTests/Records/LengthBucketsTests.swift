import Testing

@testable import SeqNet

struct LengthBucketsTests {
    /// Lengths 1 to 40 of 1,003 records.
    private static let lengths = (0..<1003).map { 1 + $0 * 17 % 40 }
    private let buckets = LengthBuckets(lengths: lengths, batchSize: 8, seed: 3)

    @Test func everyRecordIsInOneBatchOfAnEpoch() {
        for epoch in 0..<3 {
            let batches = buckets.batches(epoch: epoch)
            #expect(batches.count == buckets.count && buckets.count == 126)
            #expect(batches.flatMap { $0 }.sorted() == Array(0..<1003))
            #expect(batches.filter { $0.count != 8 }.map(\.count) == [3], "one takes the rest")
        }
    }

    @Test func aBatchHasLikeLengthsLongestFirst() {
        let batches = buckets.batches(epoch: 0)
        for batch in batches {
            let lengths = batch.map { Self.lengths[$0] }
            #expect(lengths == lengths.sorted(by: >))
        }
        let spread = batches.map { Self.lengths[$0.first!] - Self.lengths[$0.last!] }
        #expect(spread.reduce(0, +) <= 2 * batches.count, "of 40 lengths")
    }

    @Test func batchesComeInNoOrderOfLength() {
        let longest = buckets.batches(epoch: 0).map { Self.lengths[$0[0]] }
        let rises = zip(longest, longest.dropFirst()).count { $0 < $1 }
        #expect((40...85).contains(rises), "\(rises) of 125")
    }

    @Test func seedAndEpochAloneDecide() {
        let again = LengthBuckets(lengths: Self.lengths, batchSize: 8, seed: 3)
        let other = LengthBuckets(lengths: Self.lengths, batchSize: 8, seed: 4)
        #expect(again.batches(epoch: 5) == buckets.batches(epoch: 5))
        #expect(buckets.batches(epoch: 4) != buckets.batches(epoch: 5))
        #expect(other.batches(epoch: 5) != buckets.batches(epoch: 5))
    }

    @Test func anEvaluationGoesByLength() {
        let order = LengthBuckets.sortedBatches(Self.lengths, size: 8).flatMap { $0 }
        #expect(order.sorted() == Array(0..<1003))
        let keys = order.map { (-Self.lengths[$0], $0) }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "ties in the order of the file")
    }

    @Test func aBatchMayHoldMoreThanAllRecords() {
        let one = LengthBuckets(lengths: [2, 5, 2], batchSize: 10, seed: 1)
        #expect(one.count == 1 && one.batches(epoch: 0) == [[1, 0, 2]])
    }
}
