/// How far back a language model's gradient reaches: the mean norm of ∂L_t/∂h_{t-k} by lag k.
///
/// L_t is the loss of one token, h_{t-k} the hidden state of a recurrent layer k steps
/// before. All paths from that state to the loss count, those through the cell states of an
/// LSTM too. Where the norm falls to nothing, nothing can be learned over that distance: the
/// vanishing gradient (Hochreiter 1991; Bengio et al. 1994).
///
/// Averaged over windows that are spread evenly over a text. Each begins with the state that
/// up to 256 tokens before it leave.
public struct GradientByLag: Equatable, Sendable {
    /// [layers][greatest lag + 1]: the mean Euclidean norm for each layer and lag.
    public let layers: [[Double]]
    /// Positions t over which the norms are averaged.
    public let positions: Int

    /// The norms of the top layer by lag.
    public var top: [Double] { layers.last! }

    /// Measures a model on a text.
    ///
    /// - Parameters:
    ///   - model: it is not changed; the measuring works on a copy.
    ///   - part: a text in the model's tokens.
    ///   - greatestLag: how far to look back.
    ///   - windows: at how many positions to look.
    /// - Throws: `usage` for a negative lag or less than one window, `badData` if no text of
    ///   the part has `greatestLag + 1` tokens.
    public init(
        of model: LanguageModel, on part: CorpusPart, greatestLag: Int = 50, windows: Int = 256,
        _ context: KernelContext
    ) throws {
        guard greatestLag >= 0, greatestLag < Int(Int32.max) else {
            throw SeqNetError(
                .usage, "lag \(greatestLag): give a number of steps from 0 to \(Int32.max - 1)")
        }
        let windows = try AnalysisWindows(
            part, model.vocabulary, steps: greatestLag + 1, count: windows)
        let copy = model.copyForGradients(context)
        let tape = Tape(analyzing: copy.parameters, context)
        var sums = Array(
            repeating: [Double](repeating: 0, count: greatestLag + 1),
            count: model.recurrent.layers.count)
        windows.forEachBatch(copy, context) { batch in
            let count = batch.layout.sequences
            let last = greatestLag * count..<(greatestLag + 1) * count
            tape.reset()
            let (top, passes) = copy.hidden(
                batch.inputs, batch.layout, initial: batch.state.layers(), tape)
            // Not divided by the rows: each row's gradient is that of its own loss.
            _ = copy.output.loss(
                top.rows(last), targets: Array(batch.targets[last]), count: 1, tape)
            tape.backward()
            for (layer, pass) in passes.enumerated() {
                for lag in 0...greatestLag {
                    let first = (greatestLag - lag) * count
                    for row in first..<first + count { sums[layer][lag] += pass.output.gradientNorm(row) }
                }
            }
        }
        positions = windows.starts.count
        layers = sums.map { [positions] in $0.map { $0 / Double(positions) } }
    }
}

extension LanguageModel {
    /// A model of the same values, packed for gradients: a shared model is not touched.
    fileprivate func copyForGradients(_ context: KernelContext) -> LanguageModel {
        let copy = LanguageModel(configuration, vocabulary: vocabulary)
        copy.parameters.values.update(from: parameters.values, count: parameters.floats)
        copy.parameters.pack(context, backward: true)
        return copy
    }
}

extension Tensor {
    /// The Euclidean norm of a row's gradient.
    fileprivate func gradientNorm(_ row: Int) -> Double {
        let gradient = UnsafeBufferPointer(start: rows(row..<row + 1).gradient, count: columns)
        return gradient.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
}
