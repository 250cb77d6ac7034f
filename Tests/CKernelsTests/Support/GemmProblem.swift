import CKernels
import Testing

/// A random product a[m,K] · b[K,N] with N = gates·columns, and what it should come to.
struct GemmProblem {
    let m: Int
    let inner: Int
    let columns: Int
    let gateRows: [Int]
    /// [m, K]
    let a: [Float]
    /// [gates·columns, K], the gates in the order of the source.
    var weights: [Float]
    /// [N]
    let bias: [Float]

    init(m: Int, inner: Int, columns: Int, gateRows: [Int] = [0], seed: UInt64) {
        var random = SeededRandom(seed)
        self.m = m
        self.inner = inner
        self.columns = columns
        self.gateRows = gateRows
        a = random.floats(m * inner)
        weights = random.floats(gateRows.count * columns * inner)
        bias = random.floats(gateRows.count * columns)
    }

    /// N
    var width: Int { gateRows.count * columns }

    /// The element (k, n) of b, n in the panels' order of gates.
    func b(_ k: Int, _ n: Int) -> Float {
        weights[(gateRows[n / columns] * columns + n % columns) * inner + k]
    }

    /// start + a·b in float64, and the sums of the absolute products that its error grows
    /// with; `start` is [N] or [m, N].
    func reference(start: [Float]) -> (values: [Double], absolute: [Double]) {
        let b = (0..<inner).flatMap { k in (0..<width).map { Double(self.b(k, $0)) } }
        let start = start.map(Double.init)
        var values = [Double](repeating: 0, count: m * width)
        var absolute = values
        sn_reference_gemm(&values, a.map(Double.init), b, nil, m, width, inner)
        sn_reference_gemm(
            &absolute, a.map { Double($0.magnitude) }, b.map(\.magnitude), nil, m, width, inner)
        for index in values.indices {
            let initial = start[index % start.count]
            values[index] += initial
            absolute[index] += initial.magnitude
        }
        return (values, absolute)
    }

    /// The bound of one chain of K fused multiply-adds: each rounds once.
    var bound: Double { Double(inner + 1) * 0x1p-24 }

    /// One element as the chain of fused multiply-adds that sn_gemm.h promises.
    func chain(row: Int, column: Int, from start: Float) -> Float {
        (0..<inner).reduce(start) { $0.addingProduct(a[row * inner + $1], b($1, column)) }
    }

    /// What the kernel makes of it, [m, N].
    func run(
        _ context: UnsafePointer<sn_context>, bias: [Float]? = nil, element: sn_element = SN_F32
    ) -> [Float] {
        let packed = PackedMatrix(
            context, weights: weights, inner: inner, columns: columns, gateRows: gateRows,
            element: element)
        let input = AlignedFloats(a)
        let output = AlignedFloats(count: m * width)
        packed.withPanels { panels in
            sn_gemm_packed(
                context, output.pointer, width, input.rows(stride: inner), panels, bias, false, m)
        }
        return output.values
    }
}
