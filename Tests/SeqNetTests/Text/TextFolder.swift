import Foundation
import SeqNet

/// A temporary folder with the texts of a test, removed when the last user lets go of it.
final class TextFolder {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("seqnet-text-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Where a corpus puts its temporary files.
    var scratch: String { path + "/scratch" }

    /// Writes a text and returns its path.
    func add(_ name: String, _ bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Writes a text and returns its path.
    func add(_ name: String, _ text: String) throws -> String {
        try add(name, Array(text.utf8))
    }
}

extension Corpus {
    /// A corpus of one text, all of it for training.
    static func whole(
        _ text: String, _ tokenizer: Tokenizer, minimumCount: Int = 1, in folder: TextFolder
    ) throws -> Corpus {
        let file = try folder.add("whole.txt", text)
        return try Corpus(
            CorpusFiles(training: [file]), tokenizer: tokenizer,
            vocabulary: .training(VocabularyLimits(minimumCount: minimumCount)),
            scratchFolder: folder.scratch)
    }
}

extension CorpusPart {
    /// The tokens of the part as strings.
    func words(_ vocabulary: Vocabulary) -> [String] {
        ids(0..<count).map { String(decoding: vocabulary.bytes(of: $0), as: UTF8.self) }
    }
}

/// Tokens as strings, for readable expectations.
func strings(_ tokens: [[UInt8]]) -> [String] { tokens.map { String(decoding: $0, as: UTF8.self) } }
