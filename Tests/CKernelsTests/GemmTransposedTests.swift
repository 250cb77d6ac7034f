import CKernels
import TestSupport
import Testing

/// sn_gemm_tn and sn_sum_rows: the sums over rows that make the gradient of a weight.
@Suite struct GemmTransposedTests {
    /// c[m,n] += aᵀ·b with random a[k,m], b[k,n] and c.
    private struct Problem {
        let m: Int, n: Int, k: Int
        let a: [Float], b: [Float], c: [Float]

        init(m: Int, n: Int, k: Int, seed: UInt64) {
            var random = SeededRandom(seed)
            (self.m, self.n, self.k) = (m, n, k)
            a = random.floats(k * m)
            b = random.floats(k * n)
            c = random.floats(m * n)
        }

        func run(_ context: UnsafePointer<sn_context>) -> [Float] {
            let left = AlignedFloats(a)
            let right = AlignedFloats(b)
            let output = AlignedFloats(c)
            let workspace = AlignedFloats(count: sn_gemm_tn_floats(context, n, k))
            sn_gemm_tn(
                context, output.pointer, n, left.pointer, m, right.rows(stride: n),
                workspace.pointer, m, n, k)
            return output.values
        }

        func reference() -> (values: [Double], absolute: [Double]) {
            let transposed = (0..<m).flatMap { i in (0..<k).map { Double(a[$0 * m + i]) } }
            let right = b.map(Double.init)
            var values = [Double](repeating: 0, count: m * n)
            var absolute = values
            sn_reference_gemm(&values, transposed, right, nil, m, n, k)
            sn_reference_gemm(
                &absolute, transposed.map(\.magnitude), right.map(\.magnitude), nil, m, n, k)
            for index in values.indices {
                values[index] += Double(c[index])
                absolute[index] += Double(c[index].magnitude)
            }
            return (values, absolute)
        }
    }

    @Test(arguments: InstructionSet.available)
    func productEqualsTheOracle(set: InstructionSet) {
        var context = set.context(threads: 2)
        for (index, m) in set.sizes.enumerated() {
            for (shift, n) in set.sizes.enumerated() {
                let k = [0, 1, 2, 7, 64, 131, 255, 257][(index + shift) % 8]
                let problem = Problem(m: m, n: n, k: k, seed: 1)
                let expected = problem.reference()
                expectWithin(
                    problem.run(&context), expected.values, bound: Double(k + 1) * 0x1p-24,
                    scale: expected.absolute, "m \(m), n \(n), k \(k)")
            }
        }
    }

    @Test(arguments: InstructionSet.available, [(211, 67, 67), (40, 400, 63), (1, 1000, 900)])
    func threadsGiveTheSameBits(set: InstructionSet, shape: (m: Int, n: Int, k: Int)) {
        let problem = Problem(m: shape.m, n: shape.n, k: shape.k, seed: 2)
        var single = set.context()
        let expected = problem.run(&single)
        for threads in [2, 3] {
            var context = set.context(threads: threads)
            expectSameBits(problem.run(&context), expected, "\(threads) threads")
        }
    }

    @Test(arguments: InstructionSet.available)
    func rowsMayBeListedAndOutputStrided(set: InstructionSet) {
        var context = set.context()
        let problem = Problem(m: 13, n: 21, k: 30, seed: 3)
        let expected = problem.run(&context)
        let left = AlignedFloats(problem.a)
        let right = AlignedFloats(problem.b)
        let stride = problem.n + 5
        let output = AlignedFloats(count: problem.m * stride)
        for row in 0..<problem.m {
            for column in 0..<problem.n {
                output.pointer[row * stride + column] = problem.c[row * problem.n + column]
            }
        }
        let workspace = AlignedFloats(
            count: sn_gemm_tn_floats(&context, problem.n, problem.k))
        let rightTable: [UnsafePointer<Float>?] = (0..<problem.k).map {
            UnsafePointer(right.pointer + $0 * problem.n)
        }
        rightTable.withUnsafeBufferPointer { rightTable in
            sn_gemm_tn(
                &context, output.pointer, stride, left.pointer, problem.m,
                sn_rows(base: nil, stride: 0, table: rightTable.baseAddress),
                workspace.pointer, problem.m, problem.n, problem.k)
        }
        let values = output.values
        let columns = values.indices.filter { $0 % stride < problem.n }
        let gaps = values.indices.filter { $0 % stride >= problem.n }
        expectSameBits(columns.map { values[$0] }, expected, "columns")
        #expect(gaps.allSatisfy { values[$0].isNaN })
    }

    @Test(arguments: InstructionSet.available)
    func sumOfRowsEqualsTheOracle(set: InstructionSet) {
        var context = set.context()
        for n in set.sizes {
            for k in [0, 1, 2, 63, 64, 65, 300] {
                var random = SeededRandom(4)
                let a = random.floats(k * n)
                let start = random.floats(n)
                let (values, absolute) = sums(of: a, k: k, n: n, start: start)
                let input = AlignedFloats(a)
                let output = AlignedFloats(start)
                sn_sum_rows(&context, output.pointer, input.rows(stride: n), k, n)
                expectWithin(
                    output.values, values, bound: Double(k) * 0x1p-24, scale: absolute,
                    "k \(k), n \(n)")
            }
        }
    }

    /// Chunks keep the error of a long sum small: it grows with the chunk's length and the
    /// number of chunks, not with the number of rows.
    @Test(arguments: InstructionSet.available)
    func longSumsKeepTheirDigits(set: InstructionSet) {
        var context = set.context()
        let k = 20_000
        let a = [Float](repeating: 0.1, count: k)
        let input = AlignedFloats(a)
        let output = AlignedFloats([0])
        sn_sum_rows(&context, output.pointer, input.rows(stride: 1), k, 1)
        let exact = Double(Float(0.1)) * Double(k)
        #expect(abs(Double(output.values[0]) - exact) <= 400 * 0x1p-24 * exact)
    }

    @Test(arguments: InstructionSet.available)
    func sumOfRowsDoesNotDependOnThreads(set: InstructionSet) {
        var random = SeededRandom(5)
        let k = 1500
        let n = 531
        let input = AlignedFloats(random.floats(k * n))
        let table: [UnsafePointer<Float>?] = (0..<k).map { UnsafePointer(input.pointer + $0 * n) }
        var results: [[Float]] = []
        for threads in InstructionSet.threadCounts {
            var context = set.context(threads: threads)
            let output = AlignedFloats(count: n, filledWith: 0)
            table.withUnsafeBufferPointer {
                let rows = sn_rows(base: nil, stride: 0, table: $0.baseAddress)
                sn_sum_rows(&context, output.pointer, rows, k, n)
            }
            results.append(output.values)
        }
        expectSameBits(results[1], results[0], "2 threads")
        expectSameBits(results[2], results[0], "3 threads")
    }

    private func sums(
        of a: [Float], k: Int, n: Int, start: [Float]
    ) -> (values: [Double], absolute: [Double]) {
        var values = start.map(Double.init)
        var absolute = values.map(\.magnitude)
        for row in 0..<k {
            for column in 0..<n {
                values[column] += Double(a[row * n + column])
                absolute[column] += Double(a[row * n + column].magnitude)
            }
        }
        return (values, absolute)
    }
}
