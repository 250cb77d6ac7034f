import Testing

@testable import SeqNet

@Suite struct ForecasterCorpusTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func corpus(
        _ text: String, targets: [String] = ["a"], features: [String] = [], split: String? = "0.6,0.4",
        valid: String? = nil, context: Int = 3, horizon: Int = 2
    ) throws -> ForecasterCorpus {
        let path = try folder.write(text, to: "data.csv")
        let validation = try valid.map { [try folder.write($0, to: "valid.csv")] } ?? []
        return try ForecasterCorpus(
            CorpusFiles(
                training: [path], validation: validation, split: split.map { try Split($0) }),
            columns: SeriesColumns(targets: targets, features: features),
            shape: WindowShape(context: context, horizon: horizon))
    }

    private func rows(_ count: Int) -> String { (0..<count).map { "\($0 * 7 % 10)\n" }.joined() }

    @Test func partsAreCutInFileOrder() throws {
        let corpus = try corpus("a\n" + rows(30), split: "14,7,7")
        #expect(corpus.leftOutCount == 2 && corpus.training.count == 10)
        #expect(corpus.validation.windows[0].origins == 14..<20)
        #expect(corpus.test?.windows[0].origins == 21..<27)
        let mean = (0..<14).reduce(0) { $0 + Double($1 * 7 % 10) } / 14
        #expect(abs(corpus.profile.standardization.means[0] - mean) < 1e-12)
    }

    /// Without times no season is known; the forecast is missing and a note says why.
    @Test func missingReferencesAreExplained() throws {
        let context = try KernelContext(threads: 1)
        func notes(_ corpus: ForecasterCorpus) throws -> [String] {
            let model = try TinySeries.model(corpus, context)
            let references = ReferenceErrors(model, on: corpus.validation)
            #expect(references.lastSeason == nil)
            return references.notes
        }
        let without = try notes(try corpus("a\n" + rows(30)))
        #expect(without.count == 1 && without[0].contains("column of times"))
        let hours = (0..<30).map { "2024-01-0\(1 + $0 / 24) \(CalendarDate.digits($0 % 24, 2)):00,\($0 % 7)\n" }
        let short = try notes(
            try corpus("time,a\n" + hours.joined(), split: nil, valid: "time,a\n" + hours.joined()))
        #expect(short.count == 1 && short[0].contains("24 rows"))
    }

    @Test func manyInputsHaveNoLinearForecast() throws {
        let corpus = try corpus("a\n" + rows(2100), split: "2060,40", context: 2049)
        #expect(corpus.linear == nil)
    }

    @Test func theScaleOfAModelStays() throws {
        let context = try KernelContext(threads: 1)
        let first = try TinySeries.corpus(in: folder)
        let model = try TinySeries.model(first, context)
        let more = try TinySeries.corpus(400, in: folder, start: model)
        #expect(more.profile == first.profile)
        expectSeqNetError(.badData, "column 'wind' where training had 'load'") {
            _ = try TinySeries.corpus(targets: ["wind"], features: ["load"], in: folder, start: model)
        }
    }

    @Test func faults() throws {
        expectSeqNetError(.usage, "--target b", "data.csv", "no such column", "there are: a") {
            _ = try corpus("a\n" + rows(30), targets: ["b"])
        }
        for text in ["NaN", "x", "", "inf"] {
            expectSeqNetError(.badData, "data.csv", "line 3", "column 'a'", "number") {
                _ = try corpus("t,a\nx,1\nx,\(text)\nx,2\n")
            }
        }
        expectSeqNetError(.badData, "training part", "--context 3", "--horizon 2") {
            _ = try corpus("a\n" + rows(8), split: "4,4")
        }
        expectSeqNetError(.badData, "validation part", "--horizon 2") {
            _ = try corpus("a\n" + rows(8), split: "7,1")
        }
        expectSeqNetError(.badData, "no validation part", "--valid") {
            _ = try corpus("a\n" + rows(30), split: nil)
        }
        expectSeqNetError(.badData, "target 'a' never changes") {
            _ = try corpus("a\n" + String(repeating: "5\n", count: 30))
        }
        expectSeqNetError(.badData, "valid.csv", "has the column 'hour-of-day sine' where training had 'hour-of-day'") {
            _ = try corpus(
                "hour-of-day,a\n" + (0..<30).map { "\($0),\($0 % 7)\n" }.joined(),
                features: ["hour-of-day"], split: nil,
                valid: "time,a\n" + (0..<20).map { "2024-01-01 \($0 + 10 > 19 ? 1 : 0)0:00,\($0)\n" }.joined())
        }
        expectSeqNetError(.badData, "line 4", "2 fields") { _ = try corpus("a\n1\n2\n3,4\n") }
    }
}
