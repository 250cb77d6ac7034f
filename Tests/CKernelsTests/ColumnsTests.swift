import CKernels
import TestSupport
import Testing

@Suite struct ColumnsTests {
    /// Rows of a matrix whose columns are a part of a wider one, and back.
    private static let rows = 13, gap = 3

    private func expectation(
        _ y: [Float], _ yStride: Int, _ x: [Float], _ xStride: Int, columns: Int,
        _ combine: (Float, Float) -> Float
    ) -> [Float] {
        var result = y
        for row in 0..<Self.rows {
            for column in 0..<columns {
                let at = row * yStride + column
                result[at] = combine(y[at], x[row * xStride + column])
            }
        }
        return result
    }

    @Test(arguments: InstructionSet.available)
    func copyWritesItsColumnsAlone(set: InstructionSet) {
        for columns in set.sizes {
            var random = SeededRandom(1)
            let stride = columns + Self.gap
            let start = random.floats(Self.rows * stride)
            let part = random.floats(Self.rows * columns)
            var context = set.context(threads: 2)
            let wide = AlignedFloats(start), narrow = AlignedFloats(part)
            sn_columns_copy(
                &context, wide.pointer, stride, narrow.pointer, columns, Self.rows, columns)
            let expected = expectation(start, stride, part, columns, columns: columns) { $1 }
            expectSameBits(wide.values, expected, "\(columns) columns into a wider matrix")
            let back = AlignedFloats(count: Self.rows * columns)
            sn_columns_copy(
                &context, back.pointer, columns, wide.pointer, stride, Self.rows, columns)
            expectSameBits(back.values, part, "\(columns) columns of a wider matrix")
        }
    }

    @Test(arguments: InstructionSet.available)
    func addAddsToItsColumnsAlone(set: InstructionSet) {
        for columns in set.sizes {
            var random = SeededRandom(2)
            let stride = columns + Self.gap
            let start = random.floats(Self.rows * stride)
            let part = random.floats(Self.rows * columns)
            var context = set.context(threads: 2)
            let wide = AlignedFloats(start), narrow = AlignedFloats(part)
            sn_columns_add(
                &context, wide.pointer, stride, narrow.pointer, columns, Self.rows, columns)
            let expected = expectation(start, stride, part, columns, columns: columns) { $0 + $1 }
            expectSameBits(wide.values, expected, "\(columns) columns")
        }
    }

    /// So many rows that several threads take part.
    @Test(arguments: InstructionSet.available)
    func threadsGiveTheSameBits(set: InstructionSet) {
        let rows = 2000, columns = 67
        var random = SeededRandom(3)
        let x = AlignedFloats(random.floats(rows * columns))
        let start = random.floats(rows * columns)
        let results = InstructionSet.threadCounts.map { threads in
            var context = set.context(threads: threads)
            let sum = AlignedFloats(start), copy = AlignedFloats(count: rows * columns)
            sn_columns_add(&context, sum.pointer, columns, x.pointer, columns, rows, columns)
            sn_columns_copy(&context, copy.pointer, columns, x.pointer, columns, rows, columns)
            expectSameBits(copy.values, x.values, "copy on \(threads) threads")
            return sum.values
        }
        for result in results { expectSameBits(result, zip(start, x.values).map(+), "sum") }
    }

    @Test(arguments: InstructionSet.available)
    func nothingIsWrittenWithoutRowsOrColumns(set: InstructionSet) {
        var context = set.context()
        let x = AlignedFloats([1, 2, 3]), y = AlignedFloats([4, 5, 6])
        for (rows, columns) in [(0, 3), (1, 0)] {
            sn_columns_copy(&context, y.pointer, 3, x.pointer, 3, rows, columns)
            sn_columns_add(&context, y.pointer, 3, x.pointer, 3, rows, columns)
        }
        #expect(y.values == [4, 5, 6])
    }
}
