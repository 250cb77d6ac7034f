import Foundation

/// Reads the golden values that Tests/Golden/make_golden.py wrote.
package enum GoldenFile {
    package static func read<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
        let tests = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appendingPathComponent("Golden").appendingPathComponent("\(name).json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: file))
    }
}

/// A tensor of a golden file, row-major.
package struct GoldenTensor: Decodable {
    package var shape: [Int]
    package var values: [Double]

    /// The values, which are exact in float32 where they are inputs or weights.
    package var floats: [Float] { values.map { Float($0) } }

    /// Part `index` of the first dimension.
    package func part(_ index: Int) -> [Double] {
        let size = shape.dropFirst().reduce(1, *)
        return Array(values[index * size..<(index + 1) * size])
    }

    /// Columns `range` of the last dimension, row by row.
    package func columns(_ range: Range<Int>) -> [Double] {
        let width = shape.last!
        return stride(from: 0, to: values.count, by: width).flatMap { row in
            values[row + range.lowerBound..<row + range.upperBound]
        }
    }
}
