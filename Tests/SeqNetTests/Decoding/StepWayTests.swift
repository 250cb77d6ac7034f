import Testing

@testable import SeqNet

struct StepWayTests {
    private func worths(_ hiddenSize: Int, layers: Int = 1, sequences: Int = 1, threads: Int) throws -> [Int] {
        let stack = RecurrentStack(
            .lstm, inputSize: hiddenSize, hiddenSize: hiddenSize, layers: layers, in: ParameterBlock())
        let ways = StepWay.all(stack, sequences: sequences, try KernelContext(threads: threads))
        var worths: [Int] = []
        for way in ways where worths.last != way.worthAThread { worths.append(way.worthAThread) }
        return worths
    }

    /// An LSTM of H units has 8·H² multiply-adds: 32,768 at 64, 131,072 at 128, 2 million at 512.
    @Test func onlyWaysOfOtherThreadsAreTried() throws {
        #expect(try worths(128, threads: 1) == [1 << 16])
        #expect(try worths(64, threads: 2) == [1 << 16])
        #expect(try worths(128, threads: 2) == [1 << 16, 1 << 18])
        #expect(try worths(256, threads: 2) == [1 << 16, 1 << 20])
        #expect(try worths(512, threads: 2) == [1 << 16])
        #expect(try worths(512, threads: 64) == [1 << 16, 1 << 18, 1 << 20])
    }

    @Test func sequencesAreWork() throws {
        #expect(try worths(64, sequences: 4, threads: 2) == [1 << 16, 1 << 18])
    }
}
