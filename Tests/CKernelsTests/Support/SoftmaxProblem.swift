import CKernels

/// Rows, an output projection and targets: what the softmax loss takes.
struct SoftmaxProblem {
    var h: [Double]
    var w: [Double]
    var b: [Double]?
    var targets: [Int32]
    /// What each row's loss is multiplied with; nil: all 1.
    var weights: [Double]?
    var hiddenSize: Int
    /// What the sum of the losses is multiplied with before gradients are taken.
    var scale: Double

    /// The losses of the rows and the gradients of their scaled sum.
    struct Result {
        var losses: [Double]
        var dh: [Double]
        var dw: [Double]
        var db: [Double]
    }

    init(
        h: [Double], w: [Double], b: [Double]?, targets: [Int32], hiddenSize: Int, scale: Double
    ) {
        self.h = h
        self.w = w
        self.b = b
        self.targets = targets
        self.hiddenSize = hiddenSize
        self.scale = scale
    }

    /// Random values that are exact in float32.
    init(rows: Int, hiddenSize: Int, vocabulary: Int, seed: UInt64) {
        var random = SeededRandom(seed)
        h = random.floats(rows * hiddenSize, scale: 2).map(Double.init)
        w = random.floats(vocabulary * hiddenSize, scale: 2).map(Double.init)
        b = random.floats(vocabulary).map(Double.init)
        targets = random.indices(rows, below: vocabulary)
        self.hiddenSize = hiddenSize
        scale = 0.25
    }

    var rows: Int { targets.count }
    var vocabulary: Int { w.count / hiddenSize }

    /// The bias, zeros when there is none.
    var bias: [Double] {
        get { b ?? [Double](repeating: 0, count: vocabulary) }
        set { b = newValue }
    }

    /// What the oracle makes of it.
    func reference() -> Result {
        var result = Result(
            losses: [Double](repeating: .nan, count: rows),
            dh: [Double](repeating: 0, count: h.count), dw: [Double](repeating: 0, count: w.count),
            db: [Double](repeating: 0, count: vocabulary))
        var workspace = [Double](repeating: .nan, count: vocabulary)
        sn_reference_softmax_loss(
            &result.losses, &result.dh, &result.dw, &result.db, h, w, b, targets, weights, scale,
            &workspace, rows, hiddenSize, vocabulary)
        return result
    }

    /// (L(p + e) - L(p - e)) / 2e for each element, L being the scaled sum of the losses.
    func centralDifferences(of parameter: WritableKeyPath<SoftmaxProblem, [Double]>) -> [Double] {
        let step = 1e-5
        var problem = self
        func loss() -> Double { scale * problem.reference().losses.reduce(0, +) }
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
}
