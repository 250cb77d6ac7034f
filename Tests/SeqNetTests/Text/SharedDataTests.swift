import Foundation
import SeqNet
import Testing

/// The data sets that lie beside the repository, where they are there.
private let sharedData = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
    .path

@Suite(.enabled(if: FileManager.default.fileExists(atPath: sharedData), "no ../shared/data"))
struct SharedDataTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    @Test func tinyShakespeareInCharacters() throws {
        let corpus = try Corpus(
            CorpusFiles(
                training: [sharedData + "/tinyshakespeare/input.txt"],
                split: .fractions(train: 0.9, validation: 0.05, test: 0.05)),
            tokenizer: Tokenizer(kind: .characters), vocabulary: .training(VocabularyLimits()),
            scratchFolder: folder.scratch)
        #expect(corpus.vocabulary.count == 65 + 1)
        #expect(corpus.vocabulary.counts?.reduce(0, +) == 1_003_854)
        #expect(corpus.training.count == 1_003_854)
        #expect(corpus.validation?.count == 55_770)
        #expect(corpus.test?.count == 55_770)
        #expect(corpus.test?.unknownCount == 0)
        let text = Detokenizer.text(of: corpus.training.ids(0..<14), corpus.vocabulary)
        #expect(text == "First Citizen:")
    }

    @Test func wikiTextInWords() throws {
        let train = folder.path + "/train.txt"
        try unpack(sharedData + "/wikitext-2/train.txt.gz", to: train)
        let corpus = try Corpus(
            CorpusFiles(
                training: [train], validation: [sharedData + "/wikitext-2/valid.txt"],
                test: [sharedData + "/wikitext-2/test.txt"]),
            tokenizer: Tokenizer(kind: .words),
            vocabulary: .training(VocabularyLimits(minimumCount: 2)), scratchFolder: folder.scratch)
        #expect(corpus.training.count == 2_088_628)
        #expect(corpus.validation?.count == 217_646)
        #expect(corpus.test?.count == 245_569)
        #expect(corpus.vocabulary.count == 33_278)
        #expect(corpus.vocabulary.counts?.reduce(0, +) == 2_088_628)
        // Its rare words are spelled <unk>, so none is unknown.
        #expect(
            [corpus.training, corpus.validation!, corpus.test!].map(\.unknownCount) == [0, 0, 0])
    }

    /// Commas, quotes and line breaks within fields, CRLF, records without text.
    @Test func clothingReviewsAsCSV() throws {
        let path = folder.path + "/reviews.csv"
        try unpack(sharedData + "/clothing-reviews/clothing-reviews.csv.gz", to: path)
        let file = try DelimitedFile(contentsOf: path, hasHeader: true)
        #expect(file.records.count == 12_000)
        let text = try file.index(of: ColumnReference("Review Text"), option: "--text-column")
        let rating = try file.index(of: ColumnReference("Rating"), option: "--label-column")
        let ratings = Set(file.records.map { $0.text(rating) })
        #expect(ratings == ["1", "2", "3", "4", "5"])
        #expect(file.records.contains { $0.fields[text].isEmpty })
        #expect(file.records.contains { $0.fields[text].contains(UInt8(ascii: "\n")) })
        #expect(file.records.last!.line > 12_001, "lines are counted, not records")
    }

    private func unpack(_ archive: String, to path: String) throws {
        try #require(FileManager.default.createFile(atPath: path, contents: nil))
        let gunzip = Process()
        gunzip.executableURL = URL(fileURLWithPath: "/usr/bin/gunzip")
        gunzip.arguments = ["-c", archive]
        gunzip.standardOutput = FileHandle(forWritingAtPath: path)
        try gunzip.run()
        gunzip.waitUntilExit()
        #expect(gunzip.terminationStatus == 0)
    }
}
