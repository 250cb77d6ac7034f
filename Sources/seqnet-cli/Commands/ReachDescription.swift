import SeqNet

/// How far back a model's gradient reaches on a text, and how saturated its gates are.
struct ReachDescription {
    private let gradient: GradientByLag
    private let saturation: GateSaturation
    /// The gradient of each further model's top layer, with the model's name.
    private let others: [(name: String, top: [Double])]
    let chart: LineChart

    /// - Parameter others: models drawn beside it, by their top layers.
    init(
        _ model: LanguageModel, _ others: [LanguageModel], path: String, lags: Int,
        _ context: KernelContext
    ) throws {
        let gradient = try Self.gradient(of: model, path, lags, context)
        self.gradient = gradient
        saturation = try GateSaturation(of: model, on: Self.part(path, for: model), context)
        let name = Self.name(of: model)
        var series = gradient.layers.enumerated().map { layer, norms in
            Self.series(gradient.layers.count > 1 ? "\(name), layer \(layer + 1)" : name, norms)
        }
        if !others.isEmpty { series = [Self.series(name, gradient.top)] }
        self.others = try others.map {
            (Self.name(of: $0), try Self.gradient(of: $0, path, lags, context).top)
        }
        series += self.others.map { Self.series($0.name, $0.top) }
        chart = LineChart(
            title: "Gradient by time lag", xLabel: "lag k (steps)", yLabel: "norm of dL(t)/dh(t-k)",
            logarithmicY: true, series: series)
    }

    /// "GRU 256", with its form or activation when it is not the usual one.
    private static func name(of model: LanguageModel) -> String {
        let configuration = model.configuration.recurrent, name = configuration.cell.name.uppercased()
        let variant =
            switch configuration.cell {
            case .rnn(.relu): " relu"
            case .gru(.resetBefore): " reset-before"
            case .gru(.simplified): " simplified"
            default: ""
            }
        return "\(name)\(variant) \(configuration.hiddenSize)"
    }

    private static func series(_ name: String, _ norms: [Double]) -> LineChart.Series {
        LineChart.Series(name: name, points: norms.enumerated().map { (x: Double($0), y: $1) })
    }

    private static func part(_ path: String, for model: LanguageModel) throws -> CorpusPart {
        try Corpus.encode(
            [path], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: TemporaryFolderPath.current)
    }

    private static func gradient(
        of model: LanguageModel, _ path: String, _ lags: Int, _ context: KernelContext
    ) throws -> GradientByLag {
        try GradientByLag(of: model, on: part(path, for: model), greatestLag: lags, context)
    }

    var json: [String: JSONValue] {
        [
            "gradient_by_lag": .array(
                gradient.layers.map { .array($0.map { .number($0) }) }),
            "compared": .array(
                others.map {
                    ["model": .string($0.name), "gradient_by_lag": .array($0.top.map { .number($0) })]
                }),
            "positions": .integer(gradient.positions),
            "gates": .array(
                saturation.gates.map {
                    [
                        "layer": .integer($0.layer + 1), "gate": .string($0.unit.name),
                        "low": .number($0.low), "high": .number($0.high),
                    ]
                }),
        ]
    }

    var text: String {
        var text = chart.terminal() + "\n"
        text += "mean over \(gradient.positions) places in the text\n\n"
        text += "gates near the ends of their range\n"
        var table = Table(columns: ["layer", "gate", "low", "high"])
        for gate in saturation.gates {
            table.addRow([
                "\(gate.layer + 1)", gate.unit.name, Format.fixed(100 * gate.low, 1) + " %",
                Format.fixed(100 * gate.high, 1) + " %",
            ])
        }
        text += table.render()
        return text
    }
}
