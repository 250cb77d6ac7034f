import Testing

@testable import SeqNet

struct StepWayTests {
    /// What the kernels know of the L2: a size, or nothing.
    private static let huge = 1 << 40, unknown = 0

    private func ways(
        _ hiddenSize: Int, cell: Cell = .lstm, inputSize: Int? = nil, layers: Int = 1,
        sequences: Int = 1, threads: Int, l2Bytes: Int = Self.huge
    ) throws -> [StepWay] {
        let block = ParameterBlock()
        let stack = RecurrentStack(
            cell, inputSize: inputSize ?? hiddenSize, hiddenSize: hiddenSize, layers: layers, in: block)
        let context = try KernelContext(threads: threads)
        context.pointer.pointee.l2_bytes = l2Bytes
        block.fill(seed: 1, scale: 0.1, context)
        block.pack(context, backward: false)
        return RecurrentSession(stack, sequences: sequences, context).ways
    }

    /// An LSTM of H units has 8·H² multiply-adds: 32,768 at 64, 131,072 at 128, 2 million at 512.
    @Test func onlyWaysOfOtherThreadsAreTried() throws {
        let quick = 1 << 16, usual = 1 << 18, alone = Int.max
        let expected: [(hiddenSize: Int, threads: Int, sequences: Int, worths: [Int])] = [
            (128, 1, 1, [quick]), (64, 2, 1, [quick]), (128, 2, 1, [quick, usual]),
            (256, 2, 1, [quick, alone]), (512, 2, 1, [quick, alone]),
            (512, 64, 1, [quick, usual, alone]), (192, 64, 1, [quick, usual, alone]),
            (64, 2, 4, [quick, usual]),
        ]
        for (hiddenSize, threads, sequences, worths) in expected {
            let ways = try ways(hiddenSize, sequences: sequences, threads: threads)
            #expect(ways.map(\.worthAThread) == worths)
            #expect(ways.allSatisfy { !$0.alternates })
        }
    }

    /// Of 1.1 million multiply-adds and 131,072 the second, or both, may do better on one thread.
    @Test func eachLayerCounts() throws {
        let ways = try ways(128, inputSize: 2048, layers: 2, threads: 2)
        #expect(ways.map(\.worthAThread) == [1 << 16, 1 << 18, Int.max])
    }

    @Test func ordersAreTriedWhereWeightsMayNotStayInTheCache() throws {
        let megabyte = 1 << 20
        #expect(try ways(64, threads: 1, l2Bytes: Self.unknown).map(\.alternates) == [true, false])
        #expect(try ways(128, threads: 1, l2Bytes: megabyte).map(\.alternates) == [false])
        #expect(try ways(160, threads: 1, l2Bytes: megabyte).map(\.alternates) == [true, false])
        // Two threads hold a half each.
        #expect(
            try ways(160, threads: 2, l2Bytes: megabyte).map(\.alternates) == [false, true, false])
        #expect(try ways(600, cell: .rnn(), threads: 1, l2Bytes: megabyte).map(\.alternates) == [false])
        #expect(try ways(160, sequences: 4, threads: 1, l2Bytes: megabyte).map(\.alternates) == [false])
    }
}
