import SeqNet

/// How far back a model's gradient reaches on a text, and how saturated its gates are.
struct ReachDescription {
    private let gradient: GradientByLag
    private let saturation: GateSaturation
    let chart: LineChart

    init(_ model: LanguageModel, path: String, lags: Int, _ context: KernelContext) throws {
        let part = try Corpus.encode(
            [path], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: TemporaryFolderPath.current)
        let gradient = try GradientByLag(of: model, on: part, greatestLag: lags, context)
        self.gradient = gradient
        saturation = try GateSaturation(of: model, on: part, context)
        let cell = model.configuration.cell.name
        chart = LineChart(
            title: "Gradient by time lag", xLabel: "lag k (steps)", yLabel: "norm of dL(t)/dh(t-k)",
            logarithmicY: true,
            series: gradient.layers.enumerated().map { layer, norms in
                LineChart.Series(
                    name: "\(cell), layer \(layer + 1)",
                    points: norms.enumerated().map { (x: Double($0), y: $1) })
            })
    }

    var json: [String: JSONValue] {
        [
            "gradient_by_lag": .array(
                gradient.layers.map { .array($0.map { .number($0) }) }),
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
        for gate in saturation.gates {
            text += "  layer \(gate.layer + 1) \(gate.unit.name): "
            text += "\(Format.fixed(100 * gate.low, 1)) % low, \(Format.fixed(100 * gate.high, 1)) % high\n"
        }
        return text
    }
}
