import CKernels
import TestSupport
import Testing

@Suite struct RidgeTests {
    @Test(arguments: [
        (1, 1, 1, 1), (1, 3, 4, 1), (7, 1, 2, 1), (50, 5, 8, 1), (50, 5, 5, 3), (50, 3, 7, 3),
        (211, 13, 17, 2),
    ])
    func momentsAreSumsOverWindows(_ count: Int, _ context: Int, _ window: Int, _ columns: Int) {
        var random = SeededRandom(1)
        let values = random.doubles((count + window - 1) * columns)
        let width = window * columns
        var sums = [Double](repeating: .nan, count: width)
        var moments = [Double](repeating: .nan, count: context * columns * width)
        sn_ridge_moments(&sums, &moments, values, count, context, window, columns)
        let windows = (0..<count).map { Array(values[$0 * columns..<$0 * columns + width]) }
        for j in 0..<width {
            #expect(abs(sums[j] - windows.reduce(0) { $0 + $1[j] }) < 1e-12)
            for i in 0..<min(j + 1, context * columns) {
                let expected = windows.reduce(0) { $0 + $1[i] * $1[j] }
                #expect(abs(moments[i * width + j] - expected) < 1e-11, "\(i), \(j)")
            }
        }
    }

    /// What lies left of the diagonal is neither read nor written.
    @Test(arguments: [(1, 1, 1), (2, 3, 2), (7, 1, 9), (31, 5, 40)])
    func theSolutionSolves(_ n: Int, _ m: Int, _ stride: Int) {
        var random = SeededRandom(2)
        let root = random.doubles(n * n), target = random.doubles(n * m)
        var matrix = [Double](repeating: 0, count: n * n)
        for i in 0..<n {
            for j in 0..<n {
                matrix[i * n + j] = (0..<n).reduce(i == j ? 0.5 : 0) {
                    $0 + root[$1 * n + i] * root[$1 * n + j]
                }
            }
        }
        var factor = [Double](repeating: .nan, count: n * stride)
        for i in 0..<n {
            for j in i..<n { factor[i * stride + j] = matrix[i * n + j] }
        }
        var solution = target
        sn_ridge_factor(&factor, n, stride)
        sn_ridge_solve(&solution, factor, n, m, stride)
        let product = (0..<n * m).map { index in
            (0..<n).reduce(0) { $0 + matrix[index / m * n + $1] * solution[$1 * m + index % m] }
        }
        expectClose(product, target, within: 1e-11, "matrix · solution")
        for i in 0..<n {
            for j in 0..<i { #expect(factor[i * stride + j].isNaN) }
        }
    }

    @Test func theForecastIsASumOfWeightedInputs() {
        var random = SeededRandom(3)
        let n = 5, m = 3
        let x = random.doubles(n), weights = random.doubles(n * m), bias = random.doubles(m)
        var y = [Double](repeating: .nan, count: m)
        sn_ridge_forecast(&y, x, weights, bias, n, m)
        let expected = (0..<m).map { c in (0..<n).reduce(bias[c]) { $0 + x[$1] * weights[$1 * m + c] } }
        expectClose(y, expected, within: 1e-15, "y")
    }
}
