import Foundation
import Testing

@testable import SeqNet

/// The data sets that lie beside the repository, where they are there.
private let sharedData = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
    .path

/// 96 hours to 24 of ETTh1, split as in the literature: 12, 4 and 4 months of 30 days.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: sharedData), "no ../shared/data"))
struct TransformerTemperatureTests {
    private let parts: SeriesParts
    private let shape = try! WindowShape(context: 96, horizon: 24)

    init() throws {
        parts = try SeriesParts(
            CorpusFiles(training: [sharedData + "/etth1/ETTh1.csv"], split: Split("8640,2880,2880")),
            columns: SeriesColumns(targets: ["OT"]))
    }

    private func windows(_ parts: [SeriesPart]) throws -> [SeriesWindows] {
        let standardization = try Standardization(self.parts.training)
        return try parts.map { try SeriesWindows($0, standardization, shape) }
    }

    @Test func sizesAreThoseOfTheLiterature() throws {
        #expect(parts.training[0].series.rows == 17_420 && parts.leftOutCount == 3020)
        #expect(parts.training[0].series.season == 24)
        #expect(try windows(parts.training).map(\.count) == [8521])
        #expect(try windows(parts.test).map(\.count) == [2857])
    }

    @Test func referenceForecastsHaveTheirKnownErrors() throws {
        let test = try windows(parts.test)
        let last = LastValueForecast().errors(on: test)
        let season = try #require(LastSeasonForecast(season: 24, on: test)).errors(on: test)
        let linear = try #require(LinearForecast(windows(parts.training))).errors(on: test)
        #expect(abs(last.mse - 0.0343) < 5e-5 && abs(last.mae - 0.1394) < 5e-5)
        #expect(abs(season.mse - 0.0458) < 5e-5 && abs(season.mae - 0.1663) < 5e-5)
        #expect(abs(linear.mse - 0.0264) < 5e-5 && abs(linear.mae - 0.1235) < 5e-5)
    }
}
