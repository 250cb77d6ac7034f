import Foundation
import Testing

/// The Swift code of a document of this repository.
struct DocumentedCode {
    /// The blocks that are marked as Swift, in the document's order.
    let blocks: [String]

    /// - Parameter document: its path within the repository, such as `docs/course.md`.
    init(_ document: String) throws {
        let root = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
            url.deletingLastPathComponent()
        }
        let text = try String(contentsOf: root.appendingPathComponent(document), encoding: .utf8)
        blocks = text.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
    }

    /// Expects every block to stand in one of the source files, line for line, however deep it
    /// is indented there.
    func expectAll(in sources: String..., location: SourceLocation = #_sourceLocation) throws {
        let sources = try sources.map {
            "\n" + Self.unindented(try String(contentsOfFile: $0, encoding: .utf8)) + "\n"
        }
        #expect(!blocks.isEmpty, sourceLocation: location)
        for block in blocks {
            let code = "\n" + Self.unindented(block)
            #expect(
                sources.contains { $0.contains(code) }, "no source has:\n\(block)",
                sourceLocation: location)
        }
    }

    private static func unindented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0.drop(while: { $0 == " " })) }.joined(separator: "\n")
    }
}
