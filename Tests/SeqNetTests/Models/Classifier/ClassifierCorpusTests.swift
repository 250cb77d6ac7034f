import Testing

@testable import SeqNet

@Suite struct ClassifierCorpusTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func corpus(
        _ text: String, columns: TextColumns = TextColumns(), split: String = "0.6,0.4", seed: UInt64 = 1
    ) throws -> ClassifierCorpus {
        let path = try folder.write(text, to: "data.csv")
        return try ClassifierCorpus(
            CorpusFiles(training: [path], split: Split(split)), columns: columns,
            tokenizer: Tokenizer(kind: .words), source: .training(VocabularyLimits()), seed: seed)
    }

    @Test func quotedTextsLoseTheirLineBreaksAndEmptyOnesAreCounted() throws {
        let rows = (0..<10).map { "\"a,\r\nword\(Int($0))\",\($0 % 2)\r\n" }.joined()
        let corpus = try corpus("text,label\r\n" + rows + ",1\r\n \t,0\r\n", split: "6,6")
        #expect(corpus.training.skipped + corpus.validation.skipped == 2)
        #expect(corpus.training.records + corpus.validation.records == 10)
        #expect(corpus.vocabulary.id(of: "a,") != nil && corpus.vocabulary.id(of: "\n") == nil)
    }

    @Test func theSeedDecidesTheParts() throws {
        let text = TinyReviews.csv(TinyReviews.records(50))
        let first = try corpus(text), again = try corpus(text), other = try corpus(text, seed: 2)
        #expect(first.training.fingerprint == again.training.fingerprint)
        #expect(first.training.fingerprint != other.training.fingerprint)
        #expect(first.training.records == 30 && first.validation.records == 20)
    }

    @Test func numbersAreOrderedAsNumbersAndOthersByBytes() {
        #expect(LabelSet(of: ["10", "9", "-1", "9"]).names == ["-1", "9", "10"])
        #expect(LabelSet(of: ["10", "9", "x"]).names == ["10", "9", "x"])
        #expect(LabelSet(of: ["é", "e\u{301}"]).count == 2)
    }

    @Test func columnsByNumberNeedNoHeader() throws {
        let columns = TextColumns(text: ColumnReference("2"), label: ColumnReference("1"))
        let corpus = try corpus("x\ta b\ny\tc\nx\td\ny\te\nx\tf\n", columns: columns)
        #expect(corpus.training.records == 3 && corpus.validation.records == 2)
    }

    @Test func faults() {
        expectSeqNetError(.usage, "--text-column", "no such column", "review") {
            _ = try corpus("review,label\na,1\nb,2\n")
        }
        expectSeqNetError(.badData, "line 3", "label is empty") {
            _ = try corpus("text,label\na,1\nb, \nc,2\n")
        }
        expectSeqNetError(.badData, "every label is '1'") {
            _ = try corpus("text,label\na,1\nb,1\nc,1\n")
        }
        expectSeqNetError(.badData, "3 records", "20,10") {
            _ = try corpus("text,label\na,1\nb,2\nc,1\n", split: "20,10")
        }
        expectSeqNetError(.badData, "no record has a text") {
            _ = try corpus("text,label\n,1\n,2\n,1\n,2\n,1\n,2\n")
        }
        expectSeqNetError(.badData, "line 2", "quote") { _ = try corpus("text,label\n\"a,1\nb,2\n") }
        expectSeqNetError(.badData, "line 4", "3 fields") {
            _ = try corpus("text,label\na,1\nb,2\nc,d,2\n")
        }
    }
}
