/// How often the units of each gate are near the ends of their range, where they hardly
/// change and pass hardly any gradient to their weights.
///
/// Over windows that are spread evenly over a text. Each begins with the state that up to
/// 256 tokens before it leave.
public struct GateSaturation: Equatable, Sendable {
    /// The shares of one gate of one layer.
    public struct Gate: Equatable, Sendable {
        /// Counted from 0, the layer next to the input.
        public let layer: Int
        public let unit: GateUnit
        /// The share of values at the low end: a sigmoid below 0.1, a tanh below -0.9, a ReLU
        /// that is 0.
        public let low: Double
        /// The share of values at the high end: a sigmoid or a tanh above 0.9.
        public let high: Double

        /// The share of values at either end.
        public var saturated: Double { low + high }
    }

    /// The gates of each layer in turn, in the order of `Cell.units`.
    public let gates: [Gate]
    /// Steps over which the values are counted.
    public let steps: Int

    /// Steps of a window; a text that is shorter is one window.
    private static let windowSteps = 64

    /// Measures a model on a text.
    ///
    /// - Parameters:
    ///   - part: a text in the model's tokens.
    ///   - windows: how many windows of up to 64 steps to look at.
    /// - Throws: `usage` for less than one window.
    public init(
        of model: LanguageModel, on part: CorpusPart, windows: Int = 256, _ context: KernelContext
    ) throws {
        let longest = part.texts.map(\.count).max()!
        let windows = try AnalysisWindows(
            part, model.vocabulary, steps: min(Self.windowSteps, longest), count: windows)
        let units = model.recurrent.cell.units
        // One that records: else the activations of the gates are not kept.
        let tape = Tape(analyzing: model.parameters, context)
        var counts = Array(
            repeating: [(low: Int, high: Int)](repeating: (0, 0), count: units.count),
            count: model.recurrent.layers.count)
        windows.forEachBatch(model, context) { batch in
            tape.reset()
            let passes = model.hidden(
                batch.inputs, batch.layout, initial: batch.state.layers(), tape
            ).passes
            for (layer, pass) in passes.enumerated() {
                for (index, unit) in units.enumerated() {
                    let (low, high) = pass.saturated(unit)
                    counts[layer][index].low += low
                    counts[layer][index].high += high
                }
            }
        }
        let steps = windows.starts.count * windows.steps
        let values = Double(steps * model.recurrent.hiddenSize)
        self.steps = steps
        gates = counts.enumerated().flatMap { layer, counts in
            zip(units, counts).map { unit, count in
                Gate(
                    layer: layer, unit: unit, low: Double(count.low) / values,
                    high: Double(count.high) / values)
            }
        }
    }
}

extension RecurrentPass {
    /// How many values of a unit lie at either end of its range.
    fileprivate func saturated(_ unit: GateUnit) -> (low: Int, high: Int) {
        let size = output.columns
        var low = 0, high = 0
        for row in 0..<output.rows {
            let values = unit.block.map { directions[0].saved! + row * savedSize + $0 * size } ?? output.values + row * size
            for index in 0..<size {
                if unit.activation.isLow(values[index]) { low += 1 }
                if unit.activation.isHigh(values[index]) { high += 1 }
            }
        }
        return (low, high)
    }
}
