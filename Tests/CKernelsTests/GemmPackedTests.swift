import CKernels
import TestSupport
import Testing

@Suite struct GemmPackedTests {
    /// Rows about the heights of tiles, and a few tiles.
    static let rowCounts = [1, 2, 5, 7, 8, 9, 13, 33]

    @Test(arguments: InstructionSet.available, [[0], [0, 1], [2, 0, 1], [3, 1, 2, 0]])
    func equalsTheOracle(set: InstructionSet, gateRows: [Int]) {
        var context = set.context(threads: 2)
        for (index, columns) in set.sizes.enumerated() {
            for (shift, inner) in [0, 1, 2, 17, 64, 131].enumerated() {
                let m = Self.rowCounts[(index + shift) % Self.rowCounts.count]
                let problem = GemmProblem(
                    m: m, inner: inner, columns: columns, gateRows: gateRows, seed: 1)
                let what = "m \(m), columns \(columns), inner \(inner)"
                let plain = problem.reference(start: [0])
                expectWithin(
                    problem.run(&context), plain.values, bound: problem.bound,
                    scale: plain.absolute, what)
                let biased = problem.reference(start: problem.bias)
                expectWithin(
                    problem.run(&context, bias: problem.bias), biased.values,
                    bound: problem.bound, scale: biased.absolute, "\(what), bias")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func noRowsTouchNothing(set: InstructionSet) {
        var context = set.context()
        let problem = GemmProblem(m: 0, inner: 5, columns: 7, seed: 1)
        #expect(problem.run(&context, bias: problem.bias).isEmpty)
    }

    /// Longer than the blocks that the kernel may cut k into.
    @Test(arguments: InstructionSet.available, [1023, 1024, 1025, 2500])
    func longInnerSizesAreOneChain(set: InstructionSet, inner: Int) {
        var context = set.context()
        // Few rows meet several panels at a time, many one.
        for m in [1, 3, 7] {
            let problem = GemmProblem(m: m, inner: inner, columns: 5 * set.lanes + 1, seed: 2)
            let expected = problem.reference(start: problem.bias)
            expectWithin(
                problem.run(&context, bias: problem.bias), expected.values, bound: problem.bound,
                scale: expected.absolute, "m \(m), inner \(inner)")
        }
    }

    /// Every element is one chain of fused multiply-adds in ascending k. The generic set is
    /// left out: it rounds products where the CPU's baseline has no fused multiply-add.
    @Test(arguments: InstructionSet.available.filter { $0.name != "generic" })
    func everyElementIsOneChain(set: InstructionSet) {
        var context = set.context()
        for inner in [1, 64, 1030] {
            let problem = GemmProblem(
                m: 9, inner: inner, columns: set.lanes + 3, gateRows: [1, 0, 2], seed: 3)
            let chains = (0..<problem.m).flatMap { row in
                (0..<problem.width).map {
                    problem.chain(row: row, column: $0, from: problem.bias[$0])
                }
            }
            expectSameBits(problem.run(&context, bias: problem.bias), chains, "inner \(inner)")
        }
    }

    @Test(arguments: InstructionSet.available, [37, 2500])
    func aRowAloneEqualsTheRowInABatch(set: InstructionSet, inner: Int) {
        var context = set.context()
        for gateRows in [[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]] {
            let batch = GemmProblem(
                m: inner < 100 ? 21 : 3, inner: inner, columns: 67, gateRows: gateRows, seed: 4)
            let packed = PackedMatrix(
                &context, weights: batch.weights, inner: inner, columns: 67, gateRows: gateRows)
            let together = batch.run(&context, bias: batch.bias)
            for row in 0..<batch.m {
                let input = AlignedFloats(Array(batch.a[(row * inner)..<((row + 1) * inner)]))
                let output = AlignedFloats(count: batch.width)
                packed.withPanels {
                    sn_gemm_packed(
                        &context, output.pointer, batch.width, input.rows(stride: inner), $0,
                        batch.bias, false, 1)
                }
                let expected = together[(row * batch.width)..<((row + 1) * batch.width)]
                expectSameBits(output.values, Array(expected), "row \(row)")
            }
        }
    }

    /// Large enough for three threads to share it: by rows, and by columns.
    @Test(arguments: InstructionSet.available, [(m: 131, columns: 67), (m: 3, columns: 2003)])
    func threadsGiveTheSameBits(set: InstructionSet, shape: (m: Int, columns: Int)) {
        for gateRows in [[0], [0, 1, 2]] {
            let problem = GemmProblem(
                m: shape.m, inner: 131, columns: shape.columns, gateRows: gateRows, seed: 5)
            var single = set.context()
            let expected = problem.run(&single, bias: problem.bias)
            for threads in [2, 3] {
                var context = set.context(threads: threads)
                expectSameBits(
                    problem.run(&context, bias: problem.bias), expected, "\(threads) threads")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func accumulatesIntoAStridedMatrix(set: InstructionSet) {
        var context = set.context()
        let problem = GemmProblem(m: 7, inner: 5, columns: set.lanes + 2, seed: 6)
        let stride = problem.width + 3
        var random = SeededRandom(7)
        let start = random.floats(problem.m * stride)
        let packed = PackedMatrix(
            &context, weights: problem.weights, inner: problem.inner, columns: problem.columns)
        let input = AlignedFloats(problem.a)
        let output = AlignedFloats(start)
        packed.withPanels {
            sn_gemm_packed(
                &context, output.pointer, stride, input.rows(stride: problem.inner), $0, nil, true,
                problem.m)
        }
        let columns = start.indices.filter { $0 % stride < problem.width }
        let gap = start.indices.filter { $0 % stride >= problem.width }
        let expected = problem.reference(start: columns.map { start[$0] })
        expectWithin(
            columns.map { output.values[$0] }, expected.values, bound: problem.bound,
            scale: expected.absolute, "columns")
        expectSameBits(gap.map { output.values[$0] }, gap.map { start[$0] }, "gap between rows")
    }

    @Test(arguments: InstructionSet.available)
    func rowsMayBeStridedOrListed(set: InstructionSet) {
        var context = set.context()
        let m = 11
        let inner = 19
        let stride = 23
        let problem = GemmProblem(m: m, inner: inner, columns: 37, seed: 8)
        let expected = problem.run(&context)
        let packed = PackedMatrix(
            &context, weights: problem.weights, inner: inner, columns: problem.columns)
        let spread = AlignedFloats(count: m * stride)
        for row in 0..<m {
            for k in 0..<inner { spread.pointer[row * stride + k] = problem.a[row * inner + k] }
        }
        let output = AlignedFloats(count: expected.count)
        packed.withPanels {
            sn_gemm_packed(
                &context, output.pointer, problem.width, spread.rows(stride: stride), $0, nil,
                false, m)
        }
        expectSameBits(output.values, expected, "strided rows")

        // The rows from last to first; the base and the stride are then not read.
        let table: [UnsafePointer<Float>?] = (0..<m).reversed().map {
            UnsafePointer(spread.pointer + $0 * stride)
        }
        table.withUnsafeBufferPointer { table in
            let rows = sn_rows(base: nil, stride: 0, table: table.baseAddress)
            packed.withPanels {
                sn_gemm_packed(&context, output.pointer, problem.width, rows, $0, nil, false, m)
            }
        }
        let reversed = (0..<m).reversed().flatMap {
            expected[($0 * problem.width)..<(($0 + 1) * problem.width)]
        }
        expectSameBits(output.values, reversed, "listed rows")
    }

    @Test(arguments: InstructionSet.available)
    func panelsHoldEachWeightOnceAndZeros(set: InstructionSet) {
        var context = set.context(threads: 2)
        for gateRows in [[0], [1, 0], [2, 0, 1]] {
            for columns in set.sizes {
                let weights = (1...(gateRows.count * columns * 3)).map(Float.init)
                let packed = PackedMatrix(
                    &context, weights: weights, inner: 3, columns: columns, gateRows: gateRows)
                let sorted = packed.values.sorted()
                #expect(Array(sorted.suffix(weights.count)) == weights)
                #expect(sorted.dropLast(weights.count).allSatisfy { $0 == 0 })
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func transposedWeightsPackToTheSamePanels(set: InstructionSet) {
        var context = set.context()
        for columns in set.sizes {
            let problem = GemmProblem(m: 5, inner: 13, columns: columns, seed: 9)
            let transposed = (0..<13).flatMap { k in
                (0..<columns).map { problem.weights[$0 * 13 + k] }
            }
            let packed = PackedMatrix(
                &context, weights: transposed, inner: 13, columns: columns, transposed: true)
            let input = AlignedFloats(problem.a)
            let output = AlignedFloats(count: problem.m * columns)
            packed.withPanels {
                sn_gemm_packed(
                    &context, output.pointer, columns, input.rows(stride: 13), $0, nil, false,
                    problem.m)
            }
            expectSameBits(output.values, problem.run(&context), "columns \(columns)")
        }
    }

    /// A value that is not a number reaches its own row and column, and no other.
    @Test(arguments: InstructionSet.available)
    func nanStaysInItsRow(set: InstructionSet) {
        var context = set.context()
        let problem = GemmProblem(m: 4, inner: 6, columns: set.lanes + 1, seed: 10)
        let packed = PackedMatrix(
            &context, weights: problem.weights, inner: 6, columns: problem.columns)
        let input = AlignedFloats(problem.a)
        input.pointer[2 * 6 + 3] = .nan
        let output = AlignedFloats(count: problem.m * problem.columns)
        packed.withPanels {
            sn_gemm_packed(
                &context, output.pointer, problem.columns, input.rows(stride: 6), $0, nil, false,
                problem.m)
        }
        for (index, value) in output.values.enumerated() {
            #expect(value.isNaN == (index / problem.columns == 2))
        }
    }
}
