import TestSupport
import Testing

@testable import SeqNet

/// The forecaster against PyTorch in float64: forecasts, loss, every gradient.
struct ForecasterGoldenTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let parameters: [String: GoldenTensor]
            let gradients: [String: GoldenTensor]
            let forecasts: GoldenTensor
            let loss: Double
            let bidirectional: Bool
            let subtractLast: Bool
        }
        let series: GoldenTensor
        let context: Int
        let horizon: Int
        let targets: Int
        let origins: [Int]
        let cases: [String: Case]
    }

    /// Float32 against float64, in norms: some tens of roundings of 6e-8.
    private static let bound = 2e-6
    private static let cells: [String: Cell] = ["lstm": .lstm, "gru_reset_after": .gru(.resetAfter)]

    @Test(arguments: ["lstm", "gru_reset_after"])
    func forecastsLossAndGradients(cell: String) throws {
        let golden = try GoldenFile.read("forecasters", as: Golden.self)
        let expected = try #require(golden.cases[cell])
        let context = try KernelContext(threads: 2)
        let columns = golden.series.shape[1]
        let names = (0..<columns).map { "c\($0)" }
        let series = Series(
            name: "golden", columnNames: names, targets: golden.targets, values: golden.series.values)
        let part = SeriesPart(name: "golden", series: series, rows: 0..<series.rows)
        let plain = Standardization(
            means: Array(repeating: 0, count: columns), deviations: Array(repeating: 1, count: columns))
        let shape = try WindowShape(context: golden.context, horizon: golden.horizon)
        let model = Forecaster(
            ForecasterConfiguration(
                try RecurrentConfiguration(
                    cell: Self.cells[cell]!, hiddenSize: 4, layers: 2,
                    bidirectional: expected.bidirectional),
                shape: shape,
                columns: try SeriesColumns(
                    targets: Array(names[..<golden.targets]), features: Array(names[golden.targets...])),
                base: expected.subtractLast ? .lastValue : .zero),
            profile: try SeriesProfile(of: [part], standardization: plain), linear: nil, context)
        #expect(Set(model.parameters.parameters.map(\.name)) == Set(expected.parameters.keys))
        for parameter in model.parameters.parameters {
            let values = try #require(expected.parameters[parameter.name])
            #expect(parameter.shape == values.shape)
            _ = parameter.buffer.update(from: values.floats)
        }
        model.parameters.pack(context, backward: true)

        let windows = [try SeriesWindows(part, plain, shape)]
        let places = golden.origins.map { WindowPlace(part: 0, origin: $0) }
        let forecasts = model.standardized(windows, places, Tape(inference: context)).flatMap { $0 }
        expectClose(forecasts, expected.forecasts.values, within: Self.bound, "forecasts")

        let batch = SeriesBatch(windows, places, base: expected.subtractLast ? .lastValue : .zero)
        let tape = Tape(training: model.parameters, context)
        let loss = model.loss(batch, tape)
        tape.backward()
        let mean = loss.total / Double(batch.targets.count)
        #expect(abs(mean - expected.loss) <= Self.bound * expected.loss)
        for parameter in model.parameters.parameters {
            let gradient = Array(
                UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
            expectClose(
                gradient, expected.gradients[parameter.name]!.values, within: Self.bound,
                parameter.name)
        }
    }
}
