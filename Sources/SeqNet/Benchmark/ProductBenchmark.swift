import CKernels

/// The speed of the matrix product a·b with b packed, beside OpenBLAS where that is installed.
public struct ProductBenchmark {
    public let rows: Int
    public let columns: Int
    public let inner: Int

    /// - Parameters:
    ///   - rows: M of a [M, K] and of the product [M, N].
    ///   - columns: N of b [K, N].
    ///   - inner: K.
    /// - Throws: `.usage` for a size out of range.
    public init(rows: Int, columns: Int, inner: Int) throws {
        for (name, size) in [("--rows", rows), ("--columns", columns), ("--inner", inner)] {
            try BenchmarkSize.check(name, size)
        }
        self.rows = rows
        self.columns = columns
        self.inner = inner
        // a, b as it is and packed, and both products.
        let (m, n, k) = (Double(rows), Double(columns), Double(inner))
        try BenchmarkSize.requireMemory(
            floats: m * k + 2 * n * k + 2 * m * n, options: ["--rows", "--columns", "--inner"])
    }

    /// Multiply-adds of one run: small products are repeated within it, so that a run is long
    /// against the clock's own cost.
    private static let leastWork = 100_000_000

    /// Times `repeats` runs in turn with OpenBLAS. The two products are compared first.
    /// - Throws: `.usage` for repeats below 1; `.internalFault` when the products differ.
    public func run(repeats: Int, _ context: KernelContext) throws -> BenchmarkResult {
        try Timing.check(repeats: repeats)
        let a = random(rows * inner, stream: 0, context), b = random(columns * inner, stream: 1, context)
        let c = AlignedBuffer(count: rows * columns), other = AlignedBuffer(count: rows * columns)
        let panels = packed(b, context)
        let times = max(1, Self.leastWork / (rows * columns * inner))
        let own = {
            for _ in 0..<times {
                sn_gemm_packed(
                    context.pointer, c.floats, columns,
                    sn_rows(base: a.floats, stride: inner, table: nil), panels.description, nil,
                    false, rows)
            }
        }
        let limits = MachineLimits(context)
        let before = limits.measured()
        var more: [String: JSONValue] = [:]
        let timing: Timing
        if let openBLAS = OpenBLAS(threads: context.threads) {
            let theirs = {
                for _ in 0..<times {
                    openBLAS.multiplyByTransposed(
                        other.floats, a.floats, b.floats, rows, columns, inner)
                }
            }
            own()
            theirs()
            try compare(c, other)
            let pair = Timing.alternating(repeats: repeats, parts: times, own, theirs)
            timing = pair.first
            more["openblas_ms"] = .number(pair.second.median)
        } else {
            timing = Timing(repeats: repeats, parts: times, own)
        }
        return BenchmarkResult(
            options: [
                "rows": .integer(rows), "columns": .integer(columns), "inner": .integer(inner),
                "threads": .integer(context.threads), "isa": .string(context.instructionSet),
                "repeats": .integer(repeats),
            ],
            timing: timing, operations: 2 * Double(rows) * Double(columns) * Double(inner),
            machine: before.andNow(limits), more: more)
    }

    private func random(_ count: Int, stream: UInt64, _ context: KernelContext) -> AlignedBuffer {
        let buffer = AlignedBuffer(count: count)
        sn_random_uniform(context.pointer, buffer.floats, -1, 1, 1, stream, count)
        return buffer
    }

    private func packed(_ b: AlignedBuffer, _ context: KernelContext) -> PackedPanels {
        let panels = PackedPanels()
        panels.pack(b.floats, inner: inner, columns: columns, strides: (inner, 1), context)
        return panels
    }

    /// Refuses to time a product that is not the product: the sums of K terms of at most 1 differ
    /// by roundings, which grow with K.
    private func compare(_ c: AlignedBuffer, _ other: AlignedBuffer) throws {
        let bound = Float(inner) * 1e-6
        for index in 0..<c.count where !(abs(c.floats[index] - other.floats[index]) <= bound) {
            throw SeqNetError(
                .internalFault,
                "product \(rows)×\(columns)×\(inner): element \(index) is \(c.floats[index]) here and "
                    + "\(other.floats[index]) by OpenBLAS; nothing was timed. Report this")
        }
    }
}
