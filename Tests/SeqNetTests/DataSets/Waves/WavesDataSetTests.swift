import Foundation
import Testing

@testable import SeqNet

struct WavesDataSetTests {
    private static let data = try! WavesDataSet()
    private var data: WavesDataSet { Self.data }

    /// Demand without its noise, by the equation of the documentation.
    private func expectedDemand(_ hour: Int) -> Double {
        let day = 2 * Double.pi * Double(hour) / 24, week = day / 7
        let waves = 4 * sin(day) + 2 * sin(2 * day + Double.pi / 4) + 3 * sin(week)
        return 50 + 6 * Double(hour) / 8736 + waves
            + 0.8 * max(0, 10 - data.rows[hour - 24].temperature)
    }

    /// The best forecast's error is the noise alone, which tells nothing of the hour before.
    @Test func theLeastErrorIsKnown() {
        let hours = 24..<data.rows.count
        let errors = hours.map { data.rows[$0].demand - expectedDemand($0) }
        let count = Double(errors.count)
        let variance = errors.reduce(0) { $0 + $1 * $1 } / count
        #expect(abs(variance - WavesDataSet.noiseVariance) < 4 * (2 / count).squareRoot())
        #expect(abs(errors.reduce(0, +) / count) < 4 / count.squareRoot())
        let product = zip(errors, errors.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / count
        #expect(abs(product) < 4 / count.squareRoot())
    }

    /// The figure of the documentation.
    @Test func theLeastErrorOfStandardisedValues() {
        #expect(abs(data.leastError(trainingRows: 6115) - 0.034) < 0.0005)
        let expected = 1 / variance(data.rows.prefix(1000).map(\.demand))
        #expect(abs(data.leastError(trainingRows: 1000) - expected) < 1e-12)
    }

    @Test func theTemperatureHelpsAndTheHumidityDoesNot() {
        func correlation(_ feature: KeyPath<WavesRow, Double>) -> Double {
            let pairs = data.rows.dropFirst(24).map {
                ($0.demand, data.rows[$0.hour - 24][keyPath: feature])
            }
            let means = (
                pairs.reduce(0) { $0 + $1.0 } / Double(pairs.count),
                pairs.reduce(0) { $0 + $1.1 } / Double(pairs.count)
            )
            let product = pairs.reduce(0) { $0 + ($1.0 - means.0) * ($1.1 - means.1) }
            let spreads = variance(pairs.map(\.0)) * variance(pairs.map(\.1))
            return product / Double(pairs.count) / spreads.squareRoot()
        }
        #expect(correlation(\.temperature) < -0.5)
        #expect(abs(correlation(\.humidity)) < 0.1)
    }

    @Test func theFileIsReadBack() throws {
        let folder = try TemporaryFolder()
        try data.write(to: folder.path)
        let file = try DelimitedFile(contentsOf: folder.path("waves.csv"), hasHeader: true)
        #expect(file.header == ["time", "demand", "temperature", "humidity"])
        #expect(file.records.count == 8736)
        #expect(file.records[0].text(0) == "2024-01-01 00:00:00")
        #expect(file.records[24 * 60 - 1].text(0) == "2024-02-29 23:00:00")
        #expect(file.records[8735].text(0) == "2024-12-29 23:00:00")
        for (row, record) in zip(data.rows, file.records) {
            let values = try (1...3).map { try #require(Double(record.text($0))) }
            #expect(abs(values[0] - row.demand) < 0.000501)
            #expect(abs(values[1] - row.temperature) < 0.000501)
            #expect(abs(values[2] - row.humidity) < 0.000501)
        }
        #expect(file.records.contains { $0.text(2).hasPrefix("-0.") }, "the sign of small numbers")
    }

    /// The figures of the documentation: 168 hours to 24, the last 20 % of the rows.
    @Test(arguments: [([], 0.167), (["temperature"], 0.097)] as [([String], Double)])
    func howFarALinearForecastComes(_ features: [String], _ expected: Double) throws {
        let folder = try TemporaryFolder()
        try data.write(to: folder.path)
        let parts = try SeriesParts(
            CorpusFiles(training: [folder.path("waves.csv")], split: Split("0.7,0.1,0.2")),
            columns: SeriesColumns(targets: ["demand"], features: features))
        let standardization = try Standardization(parts.training)
        let shape = try WindowShape(context: 168, horizon: 24)
        let training = try SeriesWindows(parts.training[0], standardization, shape)
        let test = try SeriesWindows(parts.test[0], standardization, shape)
        let linear = try #require(LinearForecast([training])).errors(on: [test])
        #expect(abs(linear.mse - expected) < 0.0005)
        #expect(abs(LastValueForecast().errors(on: [test]).mse - 1.43) < 0.005)
        #expect(linear.mse > data.leastError(trainingRows: training.origins.upperBound))
    }

    @Test func textOfASeedStaysTheSame() throws {
        #expect(try WavesDataSet(size: 500, seed: 3).checksum == "6cbe479e")
        #expect(try WavesDataSet(size: 500, seed: 4).checksum != "6cbe479e")
        #expect(data.files[0].text.split(separator: "\n")[1] == "2024-01-01 00:00:00,50.270,2.485,74.310")
    }

    /// A shorter series is the start of a longer one.
    @Test func sizeOnlyCuts() throws {
        #expect(try WavesDataSet(size: 400).rows == Array(data.rows.prefix(400)))
    }

    private func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}
