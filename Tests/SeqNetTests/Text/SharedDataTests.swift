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

    /// Lines that were split into words and punctuation become running text again. The share is
    /// below one where writers disagree, as on the space before a French question mark.
    @Test(arguments: [("source", 0.999, 0.999), ("target", 0.947, 0.994)])
    func sentencesAreRestoredFromTheirTokens(
        side: String, exactly: Double, upToKindOfSpace: Double
    ) throws {
        let text = side == "source" ? \SentencePair.source : \SentencePair.target
        let training = try ParallelFile(contentsOf: sharedData + "/eng-fra/train.tsv").pairs
        let lines = try ParallelFile(contentsOf: sharedData + "/eng-fra/valid.tsv").pairs.map {
            $0[keyPath: text]
        }
        #expect(training.count == 32_246 && lines.count == 1714)
        let rules = DetokenizationRules(learnedFrom: training.lazy.map { $0[keyPath: text] })
        let tokenizer = try Tokenizer(kind: .words, splitPunctuation: true)
        var (exact, alike) = (0, 0)
        for line in lines {
            let restored = rules.text(of: try tokenizer.tokens(inLine: line).dropLast())
            if restored.utf8.elementsEqual(line.utf8) { exact += 1 }
            if withPlainSpaces(restored) == withPlainSpaces(line) { alike += 1 }
        }
        let total = Double(lines.count)
        #expect(Double(exact) / total >= exactly, "\(exact) of \(lines.count)")
        #expect(Double(alike) / total >= upToKindOfSpace, "\(alike) of \(lines.count)")
    }

    private func withPlainSpaces(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.map { $0.properties.isWhitespace ? " " : $0 }
    }

    @Test func englishWebTreebankAsCoNLLU() throws {
        let data = sharedData + "/ud-english-ewt/en_ewt-ud-", train = folder.path + "/train.conllu"
        try unpack(data + "train.conllu.gz", to: train)
        let corpus = try TaggerCorpus(
            CorpusFiles(
                training: [train], validation: [data + "dev.conllu"], test: [data + "test.conllu"]),
            source: .training(VocabularyLimits(minimumCount: 2), lowercase: true), seed: 1)
        let parts = [corpus.training, corpus.validation, corpus.test!]
        #expect(parts.map(\.sentenceCount) == [12_544, 2_001, 2_077])
        #expect(parts.map(\.wordCount) == [204_577, 25_147, 25_094])
        #expect(corpus.tagSet.tags.count == 17 && corpus.tagSet.scheme == .none)
        #expect(parts.allSatisfy { Set($0.tags.joined()).isSubset(of: corpus.tagSet.tags) })
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
