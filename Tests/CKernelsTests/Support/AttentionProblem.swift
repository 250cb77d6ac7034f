import CKernels

/// Queries, keys and values of ragged batches, as attention takes them.
struct AttentionProblem {
    /// Longest first; the source of each is its place in `keyLengths`.
    var queryLengths: [Int]
    var keyLengths: [Int]
    var sources: [Int]
    var width: Int
    var valueWidth: Int
    var q: [Double]
    var k: [Double]
    var v: [Double]
    /// Of the additive score; empty for the multiplicative one.
    var w: [Double]
    /// What each element of the output is multiplied with in the loss.
    var dy: [Double]

    struct Gradients {
        var dq: [Double]
        var dk: [Double]
        var dv: [Double]
        var dw: [Double]
    }

    /// Random values that are exact in float32. Scores have a spread of about 1.
    init(
        queryLengths: [Int], keyLengths: [Int], sources: [Int]? = nil, width: Int, valueWidth: Int,
        isAdditive: Bool, seed: UInt64
    ) {
        var random = SeededRandom(seed)
        self.queryLengths = queryLengths
        self.keyLengths = keyLengths
        self.sources = sources ?? queryLengths.indices.map { ($0 * 7 + 3) % queryLengths.count }
        self.width = width
        self.valueWidth = valueWidth
        let scale = isAdditive ? 1 : 2 / Float(width).squareRoot().squareRoot()
        let queries = queryLengths.reduce(0, +), keys = keyLengths.reduce(0, +)
        q = random.floats(queries * width, scale: scale).map(Double.init)
        k = random.floats(keys * width, scale: scale).map(Double.init)
        v = random.floats(keys * valueWidth).map(Double.init)
        w = isAdditive ? random.floats(width, scale: 4 / Float(width).squareRoot()).map(Double.init) : []
        dy = random.floats(queries * valueWidth).map(Double.init)
    }

    var isAdditive: Bool { !w.isEmpty }

    /// For each query row, in the order of rows, its sequence and step.
    var queries: [(sequence: Int, step: Int)] { Self.rows(queryLengths) }
    var keys: [(sequence: Int, step: Int)] { Self.rows(keyLengths) }

    private static func rows(_ lengths: [Int]) -> [(sequence: Int, step: Int)] {
        (0..<lengths[0]).flatMap { step in
            lengths.indices.filter { lengths[$0] > step }.map { ($0, step) }
        }
    }

    /// Where the weights of each query row begin, and their number.
    var firstWeights: [Int] {
        queries.reduce(into: [0]) { $0.append($0.last! + keyLengths[sources[$1.sequence]]) }
    }

    /// Calls `body` with the layout, whose pointers are valid during the call.
    func withLayout<Result>(_ body: (UnsafePointer<sn_attention_layout>) -> Result) -> Result {
        let sources = sources.map { UInt32($0) }, firstWeights = firstWeights
        return PackedLayout(lengths: queryLengths).withBatch { queries in
            PackedLayout(lengths: keyLengths).withBatch { keys in
                sources.withUnsafeBufferPointer { sources in
                    firstWeights.withUnsafeBufferPointer { first in
                        var layout = sn_attention_layout(
                            queries: queries, keys: keys, source: sources.baseAddress,
                            first_weight: first.baseAddress)
                        return body(&layout)
                    }
                }
            }
        }
    }

    /// What the oracle makes of it.
    func reference() -> (y: [Double], p: [Double]) {
        var y = [Double](repeating: .nan, count: dy.count)
        var p = [Double](repeating: .nan, count: firstWeights.last!)
        withLayout { layout in
            withWeight { sn_reference_attention_forward(&y, &p, q, k, v, $0, layout, width, valueWidth) }
        }
        return (y, p)
    }

    func referenceGradients() -> Gradients {
        let p = reference().p
        var g = Gradients(
            dq: [Double](repeating: 0, count: q.count), dk: [Double](repeating: 0, count: k.count),
            dv: [Double](repeating: 0, count: v.count), dw: [Double](repeating: 0, count: width))
        var workspace = [Double](repeating: .nan, count: keyLengths[0])
        withLayout { layout in
            withWeight {
                sn_reference_attention_backward(
                    &g.dq, &g.dk, &g.dv, &g.dw, dy, p, q, k, v, $0, &workspace, layout, width,
                    valueWidth)
            }
        }
        return g
    }

    private func withWeight<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
        w.withUnsafeBufferPointer { body(isAdditive ? $0.baseAddress : nil) }
    }

    /// (L(p + e) - L(p - e)) / 2e for each element, L being the sum of y·dy.
    func centralDifferences(of parameter: WritableKeyPath<AttentionProblem, [Double]>) -> [Double] {
        let step = 1e-5
        var problem = self
        func loss() -> Double { zip(problem.reference().y, dy).reduce(0) { $0 + $1.0 * $1.1 } }
        return problem[keyPath: parameter].indices.map { index in
            let value = problem[keyPath: parameter][index]
            problem[keyPath: parameter][index] = value + step
            let above = loss()
            problem[keyPath: parameter][index] = value - step
            let below = loss()
            problem[keyPath: parameter][index] = value
            return (above - below) / (2 * step)
        }
    }

    /// The rows of `x`, `width` columns each, that belong to the chosen rows.
    static func gathered(_ x: [Double], width: Int, rows: [Int]) -> [Double] {
        rows.flatMap { x[$0 * width..<($0 + 1) * width] }
    }

    /// The queries of one step alone, whose layout has one row a sequence.
    func step(_ step: Int) -> AttentionProblem {
        let rows = queries.indices.filter { queries[$0].step == step }
        var problem = self
        problem.queryLengths = rows.map { _ in 1 }
        problem.sources = rows.map { sources[queries[$0].sequence] }
        problem.q = Self.gathered(q, width: width, rows: rows)
        problem.dy = Self.gathered(dy, width: valueWidth, rows: rows)
        return problem
    }

    /// One sequence of queries with its source alone.
    func sequence(_ sequence: Int) -> AttentionProblem {
        let source = sources[sequence]
        let queryRows = queries.indices.filter { queries[$0].sequence == sequence }
        let keyRows = keys.indices.filter { keys[$0].sequence == source }
        var problem = self
        problem.queryLengths = [queryLengths[sequence]]
        problem.keyLengths = [keyLengths[source]]
        problem.sources = [0]
        problem.q = Self.gathered(q, width: width, rows: queryRows)
        problem.dy = Self.gathered(dy, width: valueWidth, rows: queryRows)
        problem.k = Self.gathered(k, width: width, rows: keyRows)
        problem.v = Self.gathered(v, width: valueWidth, rows: keyRows)
        return problem
    }
}
