import Testing

// Comparisons that fail at the caller's line. No bound is ever added to the size of the
// expected value itself, and a NaN on either side never passes as close.

/// The Euclidean norm.
func norm<Number: BinaryFloatingPoint>(_ values: some Sequence<Number>) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}

/// Expects |actual - expected| <= bound · |expected|, in Euclidean norms. An expected array
/// of zeros asks for exact zeros.
func expectClose(
    _ actual: [Float], _ expected: [Double], within bound: Double, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    guard actual.count == expected.count else { return }
    let error = norm(zip(actual, expected).map { Double($0) - $1 })
    let size = norm(expected)
    #expect(error <= bound * size, "\(what): off by \(error) of \(size)", sourceLocation: sourceLocation)
}

/// Expects the same bits in both arrays, NaNs and signed zeros included.
func expectSameBits(
    _ actual: [Float], _ expected: [Float], _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let same = actual.map(\.bitPattern) == expected.map(\.bitPattern)
    #expect(same, "\(what): other bits", sourceLocation: sourceLocation)
}
