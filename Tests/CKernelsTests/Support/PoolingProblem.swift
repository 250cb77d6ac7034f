import Foundation
import Testing

/// Rows of a packed batch, and pooling over them in plain float64.
struct PoolingProblem {
    enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
        case mean, max, attention
        var testDescription: String { rawValue }
    }

    /// What pooling gives, and the gradients of the sum of its values times `dy`.
    struct Result {
        var y: [Double]
        /// The share of each row in its sequence's vector; not of `max`.
        var weights: [Double]
        var dx: [Double]
        var dkeys: [Double]
        var dscores: [Double]
        var dquery: [Double]
    }

    let kind: Kind
    let layout: PackedLayout
    let width: Int
    let keySize: Int
    var x: [Double]
    var keys: [Double]
    var query: [Double]
    var dy: [Double]

    /// Random values that are exact in float32.
    init(_ kind: Kind, _ layout: PackedLayout, width: Int, keySize: Int, seed: UInt64) {
        var random = SeededRandom(seed)
        self.kind = kind
        self.layout = layout
        self.width = width
        self.keySize = keySize
        x = random.floats(layout.rows * width).map(Double.init)
        keys = random.floats(layout.rows * keySize).map(Double.init)
        query = random.floats(keySize, scale: 2).map(Double.init)
        dy = random.floats(layout.sequences * width).map(Double.init)
    }

    func reference() -> Result {
        var result = Result(
            y: zeros(layout.sequences * width), weights: zeros(layout.rows), dx: zeros(x.count),
            dkeys: zeros(keys.count), dscores: zeros(layout.rows), dquery: zeros(keySize))
        for (sequence, length) in layout.lengths.enumerated() {
            let rows = (0..<length).map { layout.row(sequence, $0) }
            switch kind {
            case .mean:
                add(rows, sequence, weights: rows.map { _ in 1 / Double(length) }, to: &result)
            case .max:
                takeGreatest(of: rows, sequence, to: &result)
            case .attention:
                add(rows, sequence, weights: attention(rows), to: &result)
                addGradientsOfScores(rows, sequence, to: &result)
            }
        }
        return result
    }

    private func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }

    private func attention(_ rows: [Int]) -> [Double] {
        let scores = rows.map { row in
            (0..<keySize).reduce(0) { $0 + keys[row * keySize + $1] * query[$1] }
        }
        let greatest = scores.max()!
        let exponentials = scores.map { exp($0 - greatest) }
        let sum = exponentials.reduce(0, +)
        return exponentials.map { $0 / sum }
    }

    private func add(_ rows: [Int], _ sequence: Int, weights: [Double], to result: inout Result) {
        for (row, weight) in zip(rows, weights) {
            result.weights[row] = weight
            for column in 0..<width {
                result.y[sequence * width + column] += weight * x[row * width + column]
                result.dx[row * width + column] += weight * dy[sequence * width + column]
            }
        }
    }

    private func takeGreatest(of rows: [Int], _ sequence: Int, to result: inout Result) {
        for column in 0..<width {
            let winner = rows.max { x[$0 * width + column] < x[$1 * width + column] }!
            result.y[sequence * width + column] = x[winner * width + column]
            result.dx[winner * width + column] += dy[sequence * width + column]
        }
    }

    private func addGradientsOfScores(_ rows: [Int], _ sequence: Int, to result: inout Result) {
        let slopes = rows.map { row in
            (0..<width).reduce(0) { $0 + dy[sequence * width + $1] * x[row * width + $1] }
        }
        let mean = zip(rows, slopes).reduce(0) { $0 + result.weights[$1.0] * $1.1 }
        for (row, slope) in zip(rows, slopes) {
            let score = result.weights[row] * (slope - mean)
            result.dscores[row] = score
            for k in 0..<keySize {
                result.dkeys[row * keySize + k] += score * query[k]
                result.dquery[k] += score * keys[row * keySize + k]
            }
        }
    }

    /// (L(p + e) - L(p - e)) / 2e for each element, L being the sum of the values times `dy`.
    func centralDifferences(of parameter: WritableKeyPath<PoolingProblem, [Double]>) -> [Double] {
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
}
