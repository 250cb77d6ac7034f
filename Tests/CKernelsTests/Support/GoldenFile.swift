import Foundation

/// Reads the golden values that Tests/Golden/make_golden.py wrote.
enum GoldenFile {
    static func read<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
        let tests = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appendingPathComponent("Golden").appendingPathComponent("\(name).json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: file))
    }
}

/// A tensor of a golden file, row-major.
struct GoldenTensor: Decodable {
    var shape: [Int]
    var values: [Double]
}
