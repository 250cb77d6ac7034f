import Testing

@testable import SeqNet

@Suite struct ForecasterTaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func options(
        _ epochs: Int, batchSize: Int = 16, rate: Float? = nil
    ) -> TrainingOptions {
        var options = TrainingOptions()
        options.epochs = epochs
        options.batchSize = batchSize
        options.learningRate = rate
        return options
    }

    @Test(arguments: ForecastBase.allCases)
    func threadsAndInterruptionsChangeNothing(base: ForecastBase) throws {
        let options = options(3)
        try TaskProperties(options) { context in
            let corpus = try TinySeries.corpus(
                targets: ["load", "wind"], features: ["hour-of-day"], in: folder)
            let model = try TinySeries.model(
                corpus, context, dropout: 0.2, base: base)
            return ForecasterTask(model, corpus, options)
        }.check(stopsAfter: [3, 1, 12])
    }

    /// What the wind adds is known three hours before, so nearly all can be forecast; a linear
    /// forecast does it all.
    @Test func learnsWhatAFeatureTells() throws {
        let options = options(80, rate: 0.02)
        let result = try TaskProperties(options) { context in
            let corpus = try TinySeries.corpus(600, in: folder)
            return ForecasterTask(
                try TinySeries.model(corpus, context, layers: 1), corpus, options)
        }.train("learn")
        let test = try #require(result.test)
        #expect(test["mse"]?.doubleValue ?? 9 < 0.02)
        #expect(test["linear_mse"]?.doubleValue ?? 9 < 0.001)
        #expect(test["naive_last_mse"]?.doubleValue ?? 0 > 0.5)
    }

    /// Better than both naive forecasts and near the linear one, which knows the waves' period.
    @Test func learnsGeneratedWaves() throws {
        try WavesDataSet(size: 2016).write(to: folder.path)
        let options = options(12, batchSize: 32, rate: 0.01)
        let result = try TaskProperties(options) { context in
            let corpus = try ForecasterCorpus(
                CorpusFiles(training: [folder.path("waves.csv")], split: Split("0.7,0.1,0.2")),
                columns: SeriesColumns(targets: ["demand"], features: ["temperature"]),
                shape: WindowShape(context: 24, horizon: 6))
            let model = try Forecaster(
                RecurrentConfiguration(hiddenSize: 24), for: corpus, base: .lastValue, context)
            model.parameters.initialize(seed: 1, context)
            return ForecasterTask(model, corpus, options)
        }.train("waves")
        let test = try #require(result.test)
        func value(_ key: String) -> Double { test[key]?.doubleValue ?? .nan }
        #expect(value("mse") < 0.5 * min(value("naive_last_mse"), value("naive_season_mse")))
        #expect(value("mse") < 1.2 * value("linear_mse"))
    }

    @Test func theFirstLossIsTheMeanSquaredError() throws {
        let corpus = try TinySeries.corpus(in: folder)
        let context = try KernelContext(threads: 1)
        let model = try TinySeries.model(corpus, context)
        let task = ForecasterTask(model, corpus, options(1, batchSize: 1000))
        #expect(task.stepsPerEpoch == 1)
        let loss = try task.forward(epoch: 0, step: 0, Tape(inference: context))
        #expect(loss.targets == 3 * corpus.training.count && loss.tokens == 8 * corpus.training.count)
        let mse = model.evaluate(corpus.training).errors.mse
        #expect(abs(loss.sum / Double(loss.targets) - mse) < 1e-5 * mse)
    }
}
