import Testing

@testable import SeqNet

struct PackedBatchSequencesTests {
    @Test func rowsOfAStepLieTogether() {
        let rows = ["a0", "b0", "c0", "a1", "b1", "a2", "b2"]
        let sequences = PackedBatch(lengths: [3, 3, 1]).sequences(of: rows)
        #expect(sequences == [["a0", "a1", "a2"], ["b0", "b1", "b2"], ["c0"]])
    }

    @Test(arguments: [[1], [5], [1, 1, 1], [4, 3, 3, 1], [7, 2, 2, 2, 1]])
    func packedSequencesComeBack(lengths: [Int]) {
        let ids = lengths.enumerated().map { index, length in
            (0..<length).map { Int32(100 * index + $0) }
        }
        var sequences = TokenSequences()
        for sequence in ids { sequences.append(sequence) }
        let (batch, rows) = sequences.packed(Array(lengths.indices))
        #expect(batch.sequences(of: rows) == ids)
    }
}
