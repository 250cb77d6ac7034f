import Testing

@testable import SeqNet

struct StepChunkTests {
    @Test func shortSequencesAreOneChunk() {
        let chunks = StepChunk.chunks(of: [3, 2, 2])
        #expect(chunks.count == 1)
        #expect(chunks[0].steps == 0..<3)
        #expect(chunks[0].batch.lengths == [3, 2, 2])
        #expect(chunks[0].rows { Int32(10 * $0 + $1) } == [0, 10, 20, 1, 11, 21, 2])
    }

    @Test func longOnesAreCut() {
        let lengths = [5000, 2500, 100, 0]
        let chunks = StepChunk.chunks(of: lengths)
        var rows: [[Int32]] = [[], [], [], []]
        for (index, chunk) in chunks.enumerated() {
            #expect(chunk.steps.lowerBound == (index == 0 ? 0 : chunks[index - 1].steps.upperBound))
            #expect(chunk.batch.rows <= 2048)
            let ids = chunk.rows { sequence, step in
                rows[sequence].append(Int32(step))
                return 0
            }
            #expect(ids.count == chunk.batch.rows)
        }
        #expect(rows == lengths.map { (0..<Int32($0)).map { $0 } })
    }

    @Test func manySequencesGoStepByStep() {
        let chunks = StepChunk.chunks(of: Array(repeating: 2, count: 5000))
        #expect(chunks.map(\.steps) == [0..<1, 1..<2])
    }

    @Test func noSequencesAreNoChunks() {
        #expect(StepChunk.chunks(of: []).isEmpty)
        #expect(StepChunk.chunks(of: [0, 0]).isEmpty)
    }
}
