import Testing

@testable import SeqNet

struct SeriesPartsTests {
    private let folder: TextFolder
    private let columns = try! SeriesColumns(targets: ["a"])

    init() throws { folder = try TextFolder() }

    /// A file whose rows are numbered.
    private func file(_ name: String, _ rows: Int) throws -> String {
        try folder.add(name, "a\n" + (0..<rows).map { "\($0)\n" }.joined())
    }

    private func rows(_ parts: [SeriesPart]) -> [Range<Int>] { parts.map(\.rows) }

    @Test func aSplitCutsInFileOrder() throws {
        let path = try file("a.csv", 10)
        let parts = try SeriesParts(
            CorpusFiles(training: [path], split: Split("5,2,2")), columns: columns)
        #expect(rows(parts.training) == [0..<5] && rows(parts.validation) == [5..<7])
        #expect(rows(parts.test) == [7..<9] && parts.leftOutCount == 1)
        #expect(parts.validation[0].name == "validation part of text '\(path)'")
        let fractions = try SeriesParts(
            CorpusFiles(training: [path], split: Split("0.7,0.1,0.2")), columns: columns)
        #expect(rows(fractions.training) == [0..<7] && rows(fractions.test) == [8..<10])
        #expect(fractions.leftOutCount == 0)
    }

    @Test func aSplitGoesThroughSeveralFiles() throws {
        let parts = try SeriesParts(
            CorpusFiles(
                training: [file("a.csv", 10), file("b.csv", 10), file("c.csv", 10)],
                split: Split("15,10,5")), columns: columns)
        #expect(rows(parts.training) == [0..<10, 0..<5])
        #expect(rows(parts.validation) == [5..<10, 0..<5] && rows(parts.test) == [5..<10])
    }

    @Test func filesOfTheirOwnAreWhole() throws {
        let parts = try SeriesParts(
            CorpusFiles(
                training: [file("a.csv", 10)], validation: [file("b.csv", 3)], test: [file("c.csv", 4)]),
            columns: columns)
        #expect(rows(parts.training) == [0..<10] && rows(parts.validation) == [0..<3])
        #expect(rows(parts.test) == [0..<4] && parts.leftOutCount == 0)
        let mixed = try SeriesParts(
            CorpusFiles(
                training: [file("a.csv", 10)], test: [file("c.csv", 4)], split: Split("0.8,0.2")),
            columns: columns)
        #expect(rows(mixed.validation) == [8..<10] && rows(mixed.test) == [0..<4])
        #expect(mixed.test[0].series.rows == 4)
    }

    @Test(arguments: [("8,2,1", "test part"), ("11,1", "training part"), ("0.5,0.01", "validation part")])
    func tooFewRowsAreRefused(_ split: String, _ role: String) throws {
        let path = try file("a.csv", 10)
        let error = #expect(throws: SeqNetError.self) {
            try SeriesParts(CorpusFiles(training: [path], split: Split(split)), columns: columns)
        }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("10 rows are too few for --split \(split), in the \(role)") == true)
    }
}
