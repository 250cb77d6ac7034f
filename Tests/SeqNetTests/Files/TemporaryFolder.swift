import Foundation
import SeqNet
import Testing

/// A folder of its own for a test, removed with all in it when the object goes.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/seqnet-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func path(_ name: String) -> String { path + "/" + name }

    /// Writes a file, however that ends, and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        // Not Data.write, which waits for the disk: some tests write thousands of files.
        let file = try #require(fopen(path(name), "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        return path(name)
    }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func bytes(of name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    func text(of name: String) throws -> String {
        String(decoding: try bytes(of: name), as: UTF8.self)
    }

    /// The names in it, sorted.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}

/// Expects a SeqNetError of that kind whose message holds all of the texts.
func expectSeqNetError(
    _ kind: SeqNetError.Kind, _ texts: String..., location: SourceLocation = #_sourceLocation,
    from body: () throws -> Void
) {
    do {
        try body()
        Issue.record("no error was thrown", sourceLocation: location)
    } catch let error as SeqNetError {
        #expect(error.kind == kind, sourceLocation: location)
        for text in texts {
            #expect(error.message.contains(text), sourceLocation: location)
        }
    } catch {
        Issue.record("an error of another type: \(error)", sourceLocation: location)
    }
}

/// The golden files; make_files.py beside them made them.
func goldenFile(_ name: String, from file: String = #filePath) -> String {
    let tests = URL(fileURLWithPath: file).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    return tests.appendingPathComponent("Golden/files/\(name)").path
}
