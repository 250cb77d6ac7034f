import TestSupport
import Testing

@testable import SeqNet

private struct GoldenRidge: Decodable {
    struct Forecast: Decodable {
        var values: GoldenTensor
        var mse: Double
        var mae: Double
    }
    var context: Int
    var horizon: Int
    var series: GoldenTensor
    /// Of the first column, and of both.
    var forecasts: [Forecast]
}

struct ReferenceForecastTests {
    /// Values as they are, the first `targets` columns being targets.
    private func windows(
        _ values: [Double], columns: Int = 1, targets: Int = 1, rows: Range<Int>? = nil, context: Int,
        horizon: Int
    ) throws -> SeriesWindows {
        let series = Series(
            name: "text", columnNames: (0..<columns).map(String.init), targets: targets, values: values)
        return try SeriesWindows(
            SeriesPart(name: "part", series: series, rows: rows ?? 0..<series.rows),
            Standardization(
                means: Array(repeating: 0, count: columns), deviations: Array(repeating: 1, count: columns)),
            WindowShape(context: context, horizon: horizon))
    }

    @Test func theLastValueIsRepeated() throws {
        let windows = try windows(
            [0, 10, 1, 20, 3, 40, 6, 80], columns: 2, targets: 2, context: 2, horizon: 2)
        var forecast = [Double](repeating: 0, count: 4)
        LastValueForecast().write(windows, origin: 2, to: &forecast)
        #expect(forecast == [1, 20, 1, 20])
        let errors = LastValueForecast().errors(on: [windows])
        #expect(errors.count == 4 && errors.mse == 4029.0 / 4)
        #expect(errors.mae == 87.0 / 4)
    }

    @Test func theLastSeasonComesAgain() throws {
        let windows = try windows([1, 2, 3, 1, 2, 3, 1, 9, 3, 1], context: 1, horizon: 5)
        #expect(LastSeasonForecast(season: 3, on: [windows]) == nil, "the first window has 1 row before it")
        let later = try self.windows(
            [1, 2, 3, 1, 2, 3, 1, 9, 3, 1], rows: 3..<10, context: 1, horizon: 5)
        let forecast = try #require(LastSeasonForecast(season: 3, on: [later]))
        var values = [Double](repeating: 0, count: 5)
        forecast.write(later, origin: 4, to: &values)
        #expect(values == [2, 3, 1, 2, 3])
        #expect(forecast.errors(on: [later]).mse == 3 * 49.0 / 15)
        #expect(LastSeasonForecast(season: 0, on: [later]) == nil)
    }

    @Test(arguments: [1, 2]) func theLinearForecastIsNumPys(_ targets: Int) throws {
        let golden = try GoldenFile.read("ridge", as: GoldenRidge.self)
        let expected = golden.forecasts[targets - 1]
        let windows = try windows(
            golden.series.values, columns: 2, targets: targets, context: golden.context,
            horizon: golden.horizon)
        let linear = try #require(LinearForecast([windows]))
        var values: [Double] = []
        var forecast = [Double](repeating: 0, count: golden.horizon * targets)
        for origin in windows.origins {
            linear.write(windows, origin: origin, to: &forecast)
            values += forecast
        }
        expectClose(values, expected.values.values, within: 1e-12, "forecasts")
        let errors = linear.errors(on: [windows])
        #expect(abs(errors.mse - expected.mse) < 1e-12 && abs(errors.mae - expected.mae) < 1e-12)
    }

    /// Another level of the series is another level of the forecast.
    @Test func theLevelDoesNotMatter() throws {
        let golden = try GoldenFile.read("ridge", as: GoldenRidge.self)
        let values = golden.series.values
        let raised = values.map { $0 + 100 }
        func make(_ values: [Double]) throws -> SeriesWindows {
            try windows(values, columns: 2, targets: 2, context: 5, horizon: 3)
        }
        let linear = try #require(LinearForecast([make(values)]))
        var low = [Double](repeating: 0, count: 6), high = low
        try linear.write(make(values), origin: 20, to: &low)
        try linear.write(make(raised), origin: 20, to: &high)
        expectClose(high, low.map { $0 + 100 }, within: 1e-12, "forecast")
    }

    /// A part of a series counts as a series does that is cut there, and several add up.
    @Test func partsAddUp() throws {
        var random = Random(seed: 1, stream: 0)
        let values = (0..<60).map { _ in random.uniformDouble() }
        let whole = try #require(LinearForecast([windows(values, context: 4, horizon: 2)]))
        let parts = try [0..<30, 30..<60].map {
            try windows(values, rows: $0.lowerBound..<$0.upperBound, context: 4, horizon: 2)
        }
        // The window whose targets are rows 29 and 30 is in neither part.
        #expect(parts.map(\.count) == [25, 29] && parts[1].origins == 30..<59)
        let twoParts = try #require(LinearForecast(parts))
        #expect(twoParts.weights != whole.weights)
        let three = try #require(
            LinearForecast(parts + [windows(Array(values[25..<31]), context: 4, horizon: 2)]))
        expectClose(three.weights, whole.weights, within: 1e-12, "weights")
    }

    /// Features are inputs and no outputs.
    @Test func featuresHelp() throws {
        var random = Random(seed: 2, stream: 0)
        let feature = (0..<400).map { _ in 2 * random.uniformDouble() - 1 }
        let values = (0..<400).flatMap { row in [row < 2 ? 0 : 3 * feature[row - 2], feature[row]] }
        let windows = try windows(values, columns: 2, context: 3, horizon: 2)
        let forecast = try #require(LinearForecast([windows]))
        #expect(forecast.weights.count == 6 * 2 && forecast.bias.count == 2)
        // y one row ahead is 3 · the feature two rows before that row: row 2 of 3 of the context.
        #expect(abs(forecast.weights[(1 * 2 + 1) * 2] - 3) < 0.1)
        #expect(forecast.errors(on: [windows]).mse < 0.01)
    }

    @Test func tooManyInputsGiveNone() throws {
        let values = (0..<2100).map { Double($0 % 7) }
        #expect(try LinearForecast([windows(values, context: 2049, horizon: 1)]) == nil)
    }
}
