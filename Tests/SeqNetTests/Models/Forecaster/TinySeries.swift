@testable import SeqNet

/// Short series: a wave that comes round every eight hours, and a second column that leads it.
enum TinySeries {
    /// `time,load,wind`, hour by hour; `wind` says what `load` will add three hours later.
    static func csv(_ count: Int, seed: UInt64 = 1) -> String {
        var random = Random(seed: seed, stream: 0)
        let wind = (0..<count + 3).map { _ in Double(random.integer(below: 1000)) / 1000 }
        let wave = [0, 0.7, 1, 0.7, 0, -0.7, -1, -0.7]
        return "time,load,wind\n"
            + (0..<count).map { hour in
                let load = 20 + 3 * wave[hour % 8] + 2 * wind[hour]
                let day = CalendarDate.digits(1 + hour / 24 % 28, 2)
                let time = "2024-\(CalendarDate.digits(1 + hour / 672, 2))-\(day) "
                    + "\(CalendarDate.digits(hour % 24, 2)):00:00"
                return "\(time),\(load),\(wind[hour + 3])\n"
            }.joined()
    }

    /// Eight rows to three of `load`, 70 % training, 15 % validation, 15 % test.
    static func corpus(
        _ count: Int = 200, targets: [String] = ["load"], features: [String] = ["wind"],
        in folder: TemporaryFolder, start: Forecaster? = nil
    ) throws -> ForecasterCorpus {
        let path = try folder.write(csv(count), to: "series.csv")
        return try ForecasterCorpus(
            CorpusFiles(
                training: [path], split: .fractions(train: 0.7, validation: 0.15, test: 0.15)),
            columns: SeriesColumns(targets: targets, features: features),
            shape: WindowShape(context: 8, horizon: 3), start: start)
    }

    /// A model of random weights over that corpus.
    static func model(
        _ corpus: ForecasterCorpus, _ context: KernelContext, cell: Cell = .lstm, dropout: Float = 0,
        layers: Int = 2, bidirectional: Bool = false, base: ForecastBase = .lastValue, seed: UInt64 = 1
    ) throws -> Forecaster {
        let model = try Forecaster(
            RecurrentConfiguration(
                cell: cell, hiddenSize: 9, layers: layers, bidirectional: bidirectional,
                dropout: dropout),
            for: corpus, base: base, context)
        model.parameters.initialize(seed: seed, context)
        model.parameters.pack(context, backward: false)
        return model
    }
}
