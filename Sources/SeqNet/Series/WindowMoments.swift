import CKernels

/// Sums over training windows of the products of their numbers.
///
/// The numbers of a window are counted row by row, those of the context first.
struct WindowMoments {
    /// Numbers of a window's context.
    let inputs: Int
    private let shape: WindowShape
    private let columns: Int
    private let targets: Int
    /// Numbers of a window.
    private let width: Int
    /// Windows.
    private let count: Double
    /// [width].
    private var sums: [Double]
    /// [inputs, width]; what lies left of the diagonal is not used.
    private var products: [Double]

    /// - Parameter parts: all of one shape and of the same columns.
    init(_ parts: [SeriesWindows]) {
        shape = parts[0].shape
        columns = parts[0].columns
        targets = parts[0].targets
        inputs = shape.context * columns
        width = shape.rows * columns
        count = Double(parts.reduce(0) { $0 + $1.count })
        sums = Array(repeating: 0, count: width)
        products = Array(repeating: 0, count: inputs * width)
        var ownSums = sums, ownProducts = products
        for windows in parts {
            let first = (windows.origins.lowerBound - shape.context) * columns
            windows.values.withUnsafeBufferPointer { values in
                sn_ridge_moments(
                    &ownSums, &ownProducts, values.baseAddress! + first, windows.count, shape.context,
                    shape.rows, columns)
            }
            for index in sums.indices { sums[index] += ownSums[index] }
            for index in products.indices { products[index] += ownProducts[index] }
        }
    }

    func mean(_ number: Int) -> Double { sums[number] / count }

    /// The number that is the last value of the same target in the context; nil for features.
    func last(_ number: Int) -> Int? {
        let column = number % columns
        return column < targets ? inputs - columns + column : nil
    }

    /// The sum of the products of two numbers, the first of the context, each counted from the last
    /// value of its target and less its mean.
    func covarianceOfDifferences(_ first: Int, _ second: Int) -> Double {
        var sum = covariance(first, second)
        if let last = last(first) { sum -= covariance(last, second) }
        if let last = last(second) { sum -= covariance(first, last) }
        if let last = last(first), let other = self.last(second) { sum += covariance(last, other) }
        return sum
    }

    /// The sum of the products of two numbers, one of the context, each less its mean.
    private func covariance(_ first: Int, _ second: Int) -> Double {
        let product = products[min(first, second) * width + max(first, second)]
        return product - sums[first] * sums[second] / count
    }
}
