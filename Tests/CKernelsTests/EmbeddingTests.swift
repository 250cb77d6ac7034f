import CKernels
import TestSupport
import Testing

@Suite struct EmbeddingTests {
    @Test(arguments: InstructionSet.available)
    func forwardCopiesRows(set: InstructionSet) {
        for width in set.sizes {
            var random = SeededRandom(1)
            let vocabulary = 11
            let rows = 23
            let table = random.floats(vocabulary * width)
            let ids = random.indices(rows, below: vocabulary)
            let expected = ids.flatMap { table[Int($0) * width..<(Int($0) + 1) * width] }
            for threads in InstructionSet.threadCounts {
                var context = set.context(threads: threads)
                let source = AlignedFloats(table)
                let output = AlignedFloats(count: rows * width)
                sn_embedding_forward(&context, output.pointer, source.pointer, ids, rows, width)
                expectSameBits(output.values, expected, "width \(width), \(threads) threads")
            }
        }
    }

    /// Each row of the table sums its gradients in ascending order, one addition after
    /// another, on any number of threads.
    @Test(arguments: InstructionSet.available, [1, 7, 16, 67, 600])
    func backwardAddsInAscendingOrder(set: InstructionSet, width: Int) {
        var random = SeededRandom(2)
        let vocabulary = 5
        let rows = 300
        let start = random.floats(vocabulary * width)
        let dy = random.floats(rows * width)
        let ids = random.indices(rows, below: vocabulary - 1)
        var expected = start
        for row in 0..<rows {
            for column in 0..<width {
                expected[Int(ids[row]) * width + column] += dy[row * width + column]
            }
        }
        for threads in InstructionSet.threadCounts {
            var context = set.context(threads: threads)
            let gradient = AlignedFloats(start)
            let source = AlignedFloats(dy)
            sn_embedding_backward(&context, gradient.pointer, source.pointer, ids, rows, width)
            expectSameBits(gradient.values, expected, "\(threads) threads")
        }
    }
}
