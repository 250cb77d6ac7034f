/// A random layer with random inputs and a linear loss: the sum of y, hn and cn, each
/// weighted with its gradient in `outputGradients`.
///
/// All values are exact in float32, so that the fast kernels compute the same problem.
struct RecurrentProblem {
    var layer: ReferenceLayer
    var input: ReferenceLayer.Input
    var outputGradients: ReferenceLayer.OutputGradients

    /// Everything that the loss can be differentiated by.
    enum Parameter: CaseIterable {
        case x, h0, c0, weightIH, weightHH, biasIH, biasHH
    }

    /// Weights are of the size that keeps units of `hiddenSize` from saturating.
    init(cell: Cell, inputSize: Int, hiddenSize: Int, layout: PackedLayout, seed: UInt64) {
        var random = SeededRandom(seed)
        func draw(_ count: Int, _ scale: Float = 1) -> [Double] {
            random.floats(count, scale: scale).map(Double.init)
        }
        let sums = cell.gates * hiddenSize
        layer = ReferenceLayer(
            cell: cell, inputSize: inputSize, hiddenSize: hiddenSize,
            weightIH: draw(sums * inputSize, 1.5 / Float(inputSize).squareRoot()),
            weightHH: draw(sums * hiddenSize, 1.5 / Float(hiddenSize).squareRoot()),
            biasIH: draw(sums, 0.5), biasHH: draw(sums, 0.5))
        let states = layout.sequences * hiddenSize
        input = .init(
            x: draw(layout.rows * inputSize), h0: draw(states),
            c0: cell.hasCellState ? draw(states) : nil)
        outputGradients = .init(
            dy: draw(layout.rows * hiddenSize), dhn: draw(states),
            dcn: cell.hasCellState ? draw(states) : nil)
    }

    func has(_ parameter: Parameter) -> Bool {
        parameter != .c0 || layer.cell.hasCellState
    }

    func loss(_ layout: PackedLayout) -> Double {
        let output = layer.forward(input, layout)
        return dot(output.y, outputGradients.dy) + dot(output.hn, outputGradients.dhn ?? [])
            + dot(output.cn, outputGradients.dcn ?? [])
    }

    /// The oracle's gradients of the loss.
    func gradients(
        _ layout: PackedLayout, addedTo start: ReferenceLayer.Gradients? = nil
    ) -> ReferenceLayer.Gradients {
        let output = layer.forward(input, layout)
        return layer.backward(outputGradients, input, output, layout, addedTo: start)
    }

    /// (L(p + e) - L(p - e)) / 2e for each element of the parameter, with e = 1e-5: its
    /// truncation is some 1e-10 of the gradient, its rounding 1e-11 of the loss.
    func centralDifferences(of parameter: Parameter, _ layout: PackedLayout) -> [Double] {
        let step = 1e-5
        var problem = self
        return problem[keyPath: parameter.value].indices.map { index in
            let value = problem[keyPath: parameter.value][index]
            problem[keyPath: parameter.value][index] = value + step
            let above = problem.loss(layout)
            problem[keyPath: parameter.value][index] = value - step
            let below = problem.loss(layout)
            problem[keyPath: parameter.value][index] = value
            return (above - below) / (2 * step)
        }
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }

    fileprivate var h0: [Double] {
        get { input.h0 ?? [] }
        set { input.h0 = newValue }
    }

    fileprivate var c0: [Double] {
        get { input.c0 ?? [] }
        set { input.c0 = newValue }
    }
}

extension RecurrentProblem.Parameter {
    /// Where the parameter's gradient is.
    var gradient: KeyPath<ReferenceLayer.Gradients, [Double]> {
        switch self {
        case .x: \.dx
        case .h0: \.dh0
        case .c0: \.dc0
        case .weightIH: \.weightIH
        case .weightHH: \.weightHH
        case .biasIH: \.biasIH
        case .biasHH: \.biasHH
        }
    }

    /// Where the parameter itself is.
    var value: WritableKeyPath<RecurrentProblem, [Double]> {
        switch self {
        case .x: \.input.x
        case .h0: \.h0
        case .c0: \.c0
        case .weightIH: \.layer.weightIH
        case .weightHH: \.layer.weightHH
        case .biasIH: \.layer.biasIH
        case .biasHH: \.layer.biasHH
        }
    }
}
