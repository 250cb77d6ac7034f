import Testing

@testable import SeqNet

@Suite struct ForecasterTests {
    private let context: KernelContext
    private let folder: TemporaryFolder
    private let corpus: ForecasterCorpus

    init() throws {
        context = try KernelContext(threads: 2)
        folder = try TemporaryFolder()
        corpus = try TinySeries.corpus(in: folder)
    }

    @Test(arguments: [Cell.rnn(.tanh), .gru(.resetAfter), .lstm], [false, true])
    func gradients(cell: Cell, bidirectional: Bool) throws {
        let corpus = try TinySeries.corpus(
            targets: ["load", "wind"], features: ["hour-of-day"], in: folder)
        let model = try TinySeries.model(
            corpus, context, cell: cell, bidirectional: bidirectional,
            base: bidirectional ? .lastValue : .zero)
        let places = (8..<20).map { WindowPlace(part: 0, origin: $0) }
        let batch = SeriesBatch(corpus.training.windows, places, base: model.configuration.base)
        GradientCheck(block: model.parameters, context: context).run { tape in
            model.loss(batch, tape).total / Double(batch.targets.count)
        }
    }

    @Test func aWindowGetsTheSameForecastAloneAndAmongOthers() throws {
        let model = try TinySeries.model(corpus, context)
        let windows = corpus.training.windows, tape = Tape(inference: context)
        let places = windows[0].origins.map { WindowPlace(part: 0, origin: $0) }
        let together = model.standardized(windows, places, tape)
        for index in [0, 1, 40, places.count - 1] {
            tape.reset()
            #expect(model.standardized(windows, [places[index]], tape)[0] == together[index])
        }
    }

    /// A forecast after the last row is that of the last window, in the units of the column.
    @Test(arguments: ForecastBase.allCases)
    func aForecastIsInTheUnitsOfItsColumn(base: ForecastBase) throws {
        let model = try TinySeries.model(corpus, context, base: base)
        let lines = TinySeries.csv(60).split(separator: "\n")
        let path = try folder.write(lines.joined(separator: "\n"), to: "now.csv")
        let forecast = try model.forecast(afterRowsOf: path)
        #expect(forecast.targets == ["load"] && forecast.rows.count == 3)
        let longer = try folder.write(TinySeries.csv(63), to: "later.csv")
        let part = try model.part(contentsOf: longer)
        let values = model.standardized(
            part.windows, [WindowPlace(part: 0, origin: 60)], Tape(inference: context))[0]
        let scale = corpus.profile.standardization
        for (row, value) in zip(forecast.rows, values) {
            #expect(row == [value * scale.deviations[0] + scale.means[0]])
        }
        // The deviation is some 2.5: six digits behind the point.
        let csv = forecast.csv.split(separator: "\n")
        #expect(csv[0] == "load" && csv.count == 4)
        #expect(csv[1] == Format.fixed(forecast.rows[0][0], 6))
    }

    @Test func digitsBehindThePointFollowTheScale() {
        let forecast = SeriesForecast(
            targets: ["a,b", "c"], rows: [[123_456.789, 0.000123456789]], deviations: [2e6, 1e-4])
        #expect(forecast.csv == "\"a,b\",c\n123457,0.0001234568\n")
    }

    /// A network that adds nothing forecasts as its base does.
    @Test(arguments: [ForecastBase.lastValue, .linear])
    func withoutANetworkTheBaseIsTheForecast(base: ForecastBase) throws {
        let model = try TinySeries.model(corpus, context, base: base)
        for parameter in model.parameters.parameters {
            for index in 0..<parameter.count { parameter.values[index] = 0 }
        }
        model.parameters.pack(context, backward: false)
        let evaluation = model.evaluate(corpus.validation)
        let expected = base == .linear ? evaluation.references.linear : evaluation.references.lastValue
        #expect(evaluation.errors.mse == expected?.mse && evaluation.errors.mse > 0)
    }

    /// What is counted from the linear forecast needs one.
    @Test func theLinearBaseIsInTheFile() throws {
        let model = try TinySeries.model(corpus, context, base: .linear)
        let path = folder.path("model.safetensors")
        try ModelFile.write(
            ForecasterTask(model, corpus, TrainingOptions()).metadata(history: []),
            tensors: model.parameters.tensors, to: path)
        expectSeqNetError(.badData, path, "lacks the linear forecast") {
            _ = try Forecaster(contentsOf: path, context)
        }
    }

    @Test(arguments: [Cell.lstm, .gru(.resetBefore)])
    func aSavedModelGivesTheSameBits(cell: Cell) throws {
        let corpus = try TinySeries.corpus(
            targets: ["load", "2"], features: ["hour-of-day", "wind"], in: folder)
        let model = try TinySeries.model(corpus, context, cell: cell, bidirectional: true, base: .linear)
        let task = ForecasterTask(model, corpus, TrainingOptions())
        let path = folder.path("model.safetensors")
        try ModelFile.write(
            task.metadata(history: []), tensors: model.parameters.tensors + task.constants, to: path)
        let loaded = try Forecaster(contentsOf: path, context)
        #expect(loaded.configuration == model.configuration && loaded.profile == model.profile)
        #expect(loaded.linear == model.linear && model.linear != nil)
        let series = folder.path("series.csv")
        #expect(try loaded.forecast(afterRowsOf: series) == model.forecast(afterRowsOf: series))
        #expect(loaded.evaluate(corpus.validation) == model.evaluate(corpus.validation))
        expectSeqNetError(.badData, path, "seqnet train forecast", "seqnet train lm") {
            _ = try LanguageModel(contentsOf: path, context)
        }
    }

    @Test func aFileWithoutALinearForecastIsRead() throws {
        let model = try TinySeries.model(corpus, context)
        let task = ForecasterTask(model, corpus, TrainingOptions())
        let path = folder.path("model.safetensors")
        try ModelFile.write(
            task.metadata(history: []), tensors: model.parameters.tensors, to: path)
        let evaluation = try Forecaster(contentsOf: path, context).evaluate(corpus.validation)
        #expect(evaluation.json["linear_mse"] == .null)
        #expect(evaluation.references.notes.count == 1)
    }

    @Test func damagedProfilesAreRefused() throws {
        let model = try TinySeries.model(corpus, context)
        let task = ForecasterTask(model, corpus, TrainingOptions())
        for (key, value) in [
            ("deviations", [1.0, 0.0]), ("means", [1.0]), ("deviations", "no"), ("season", 0),
            ("column_names", []), ("context", 0), ("target", []),
        ] as [(String, JSONValue)] {
            var metadata = task.metadata(history: [])
            metadata.config[key] = value
            let path = folder.path("damaged.safetensors")
            try ModelFile.write(metadata, tensors: model.parameters.tensors, to: path)
            let error = #expect(throws: SeqNetError.self) { try Forecaster(contentsOf: path, context) }
            #expect(error?.message.contains(key) == true, "\(error?.message ?? "")")
        }
    }

    /// The standardised errors, added up by hand.
    @Test func anEvaluationMeasuresStandardisedErrors() throws {
        let model = try TinySeries.model(corpus, context)
        let part = corpus.test!, windows = part.windows[0]
        let evaluation = model.evaluate(part)
        var squares = 0.0, absolutes = 0.0, last = 0.0
        for origin in windows.origins {
            let forecast = model.standardized(
                [windows], [WindowPlace(part: 0, origin: origin)], Tape(inference: context))[0]
            for step in 0..<3 {
                let actual = windows.value(row: origin + step, column: 0)
                squares += (forecast[step] - actual) * (forecast[step] - actual)
                absolutes += abs(forecast[step] - actual)
                let naive = windows.value(row: origin - 1, column: 0)
                last += (naive - actual) * (naive - actual)
            }
        }
        let count = Double(3 * part.count)
        #expect(abs(evaluation.errors.mse - squares / count) < 1e-12)
        #expect(abs(evaluation.errors.mae - absolutes / count) < 1e-12)
        let json = evaluation.json
        #expect(abs(json["naive_last_mse"]!.doubleValue! - last / count) < 1e-12)
        #expect(json["naive_season_mse"]?.doubleValue != nil && json["linear_mse"]?.doubleValue != nil)
        #expect(json["windows"]?.intValue == part.count)
    }
}
