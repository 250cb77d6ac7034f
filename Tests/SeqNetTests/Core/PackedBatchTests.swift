import CKernels
import Testing

@testable import SeqNet

struct PackedBatchTests {
    private let end = Int32(SN_STATE_END)
    private let reset = Int32(SN_STATE_RESET)

    private func previous(_ batch: PackedBatch) -> [Int32] {
        Array(UnsafeBufferPointer(start: batch.pointer.pointee.previous, count: batch.rows))
    }

    private func next(_ batch: PackedBatch) -> [Int32] {
        Array(UnsafeBufferPointer(start: batch.pointer.pointee.next, count: batch.rows))
    }

    private func endRows(_ batch: PackedBatch) -> [UInt32] {
        Array(UnsafeBufferPointer(start: batch.pointer.pointee.end_row, count: batch.sequences))
    }

    // Lengths 3, 2, 2: rows 0 1 2 | 3 4 5 | 6.
    @Test func raggedSequencesLieStepByStep() {
        let batch = PackedBatch(lengths: [3, 2, 2])
        #expect(batch.sequences == 3 && batch.steps == 3 && batch.rows == 7)
        #expect((0...3).map(batch.firstRow(of:)) == [0, 3, 6, 7])
        #expect(previous(batch) == [end, end, end, 0, 1, 2, 3])
        #expect(next(batch) == [3, 4, 5, 6, end, end, end])
        #expect(endRows(batch) == [6, 4, 5])
        #expect(!batch.pointer.pointee.reversed)
    }

    @Test func theOtherDirectionRunsFromEachSequencesOwnEnd() {
        let batch = PackedBatch(lengths: [3, 2, 2], reversed: true)
        #expect(batch.isReversed && batch.pointer.pointee.reversed)
        #expect((0...3).map(batch.firstRow(of:)) == [0, 3, 6, 7])
        #expect(previous(batch) == [3, 4, 5, 6, end, end, end])
        #expect(next(batch) == [end, end, end, 0, 1, 2, 3])
        #expect(endRows(batch) == [6, 4, 5])
    }

    @Test func aResetCutsBothWays() {
        let batch = PackedBatch(lengths: [3, 2, 2], resets: [4, 6])
        #expect(batch.resets == [4, 6])
        #expect(previous(batch) == [end, end, end, 0, reset, 2, reset])
        #expect(next(batch) == [3, reset, 5, reset, end, end, end])
    }

    @Test func aRectangularBatchIsTheCaseOfEqualLengths() {
        let batch = PackedBatch(sequences: 2, steps: 3)
        #expect(batch.lengths == [3, 3])
        #expect((0...3).map(batch.firstRow(of:)) == [0, 2, 4, 6])
        #expect(previous(batch) == [end, end, 0, 1, 2, 3])
        #expect(next(batch) == [2, 3, 4, 5, end, end])
    }

    @Test func oneStepHasNeitherBeforeNorAfter() {
        let batch = PackedBatch(sequences: 1, steps: 1)
        #expect(previous(batch) == [end] && next(batch) == [end] && endRows(batch) == [0])
    }
}
