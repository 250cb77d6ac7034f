import Foundation
import Testing

// Comparisons that fail at the caller's line. No bound is ever added to the size of the
// expected value itself, and a NaN on either side never passes as close.

/// The Euclidean norm.
package func norm<Number: BinaryFloatingPoint>(_ values: some Sequence<Number>) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}

/// Expects |actual - expected| <= bound · |expected|, in Euclidean norms.
///
/// An expected array of zeros asks for exact zeros.
package func expectClose<Number: BinaryFloatingPoint>(
    _ actual: [Number], _ expected: [Double], within bound: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(what): \(actual.count) values, expected \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    var difference = 0.0
    for index in actual.indices {
        let error = Double(actual[index]) - expected[index]
        difference += error * error
    }
    let error = difference.squareRoot()
    let size = norm(expected)
    if !(error <= bound * size) {
        Issue.record(
            "\(what): error \(error) of norm \(size), ratio \(error / size) > \(bound)",
            sourceLocation: sourceLocation)
    }
}

/// Expects |actual - expected| <= bound · scale, element by element.
///
/// `scale` is what the error of an element grows with, such as the sum of the absolute
/// products of a dot product.
package func expectWithin(
    _ actual: [Float], _ expected: [Double], bound: Double, scale: [Double], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count, actual.count == scale.count else {
        Issue.record(
            "\(what): \(actual.count) values, expected \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    for index in actual.indices {
        let error = abs(Double(actual[index]) - expected[index])
        if !(error <= bound * scale[index]) {
            Issue.record(
                """
                \(what)[\(index)] = \(actual[index]), expected \(expected[index]): \
                error \(error) > \(bound) · \(scale[index])
                """,
                sourceLocation: sourceLocation)
            return
        }
    }
}

/// Expects the same bits in both arrays, NaNs and signed zeros included.
package func expectSameBits(
    _ actual: [Float], _ expected: [Float], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard actual.count == expected.count else {
        Issue.record(
            "\(what): \(actual.count) values, expected \(expected.count)",
            sourceLocation: sourceLocation)
        return
    }
    let isSame = actual.withUnsafeBytes { left in
        expected.withUnsafeBytes { right in
            left.isEmpty || memcmp(left.baseAddress!, right.baseAddress!, left.count) == 0
        }
    }
    if isSame { return }
    let index = actual.indices.first { actual[$0].bitPattern != expected[$0].bitPattern }!
    Issue.record(
        "\(what)[\(index)] = \(actual[index]), expected exactly \(expected[index])",
        sourceLocation: sourceLocation)
}

/// The distance of `actual` from `expected`, in units of the last place of the float that
/// is nearest to `expected`. Infinite when only one of them is NaN, or when one is an
/// infinity that the other, rounded to float, is not.
package func ulps(_ actual: Float, from expected: Double) -> Double {
    if actual.isNaN && expected.isNaN { return 0 }
    let nearest = Float(expected)
    if actual == nearest && !nearest.isFinite { return 0 }
    guard actual.isFinite && nearest.isFinite else { return .infinity }
    return abs(Double(actual) - expected) / Double(nearest.ulp)
}
