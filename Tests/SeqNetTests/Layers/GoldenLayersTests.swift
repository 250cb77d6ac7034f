import TestSupport
import Testing

@testable import SeqNet

/// Recurrent layers against PyTorch in float64: outputs, final states and every gradient.
struct GoldenLayersTests {
    /// Float32 against float64, in norms: some ten roundings of 6e-8.
    private static let bound = 1e-6

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test(arguments: Cell.byGoldenName, [1, 2])
    func forwardLayers(named: (name: String, cell: Cell), layers: Int) throws {
        let golden = try GoldenFile.read("layers_\(named.name)_\(layers)_forward", as: GoldenLayers.self)
        let problem = Problem(golden, named.cell, context)
        let tape = Tape(training: problem.block, context)
        let x = tape.tensor(golden.inputs["x"]!.floats, columns: golden.inputSize)
        let initial = (0..<layers).map { problem.initial($0, tape) }
        var passes: [RecurrentPass] = [], input = x
        for (index, layer) in problem.layers.enumerated() {
            passes.append(layer(input, PackedBatch(lengths: golden.lengths), initial: initial[index], tape))
            input = passes[index].output
        }
        problem.weigh(input, golden.lossWeights["y"]!.values)
        for (index, pass) in passes.enumerated() { problem.weighFinal(pass, index) }
        tape.backward()

        expectClose(input.array, golden.outputs["y"]!.values, within: Self.bound, "y")
        for (index, pass) in passes.enumerated() {
            problem.checkStates(pass, initial[index], index, within: Self.bound)
        }
        problem.check(x, golden.gradients["x"]!.values, "gradient of x", within: Self.bound)
        problem.checkParameters(tape, within: Self.bound)
    }

    /// The two directions run on the same rows; PyTorch's output has them side by side.
    @Test(arguments: Cell.byGoldenName)
    func bothDirections(named: (name: String, cell: Cell)) throws {
        let golden = try GoldenFile.read("layers_\(named.name)_1_bidirectional", as: GoldenLayers.self)
        let problem = Problem(golden, named.cell, context)
        let tape = Tape(training: problem.block, context)
        let x = tape.tensor(golden.inputs["x"]!.floats, columns: golden.inputSize)
        let size = golden.hiddenSize
        for (index, layer) in problem.layers.enumerated() {
            let batch = PackedBatch(lengths: golden.lengths, reversed: index == 1)
            let half = index * size..<(index + 1) * size
            let initial = problem.initial(index, tape)
            let pass = layer(x, batch, initial: initial, tape)
            problem.weigh(pass.output, golden.lossWeights["y"]!.columns(half))
            problem.weighFinal(pass, index)
            tape.backward()
            let expected = golden.outputs["y"]!.columns(half)
            expectClose(pass.output.array, expected, within: Self.bound, "y of direction \(index)")
            problem.checkStates(pass, initial, index, within: Self.bound)
        }
        problem.check(x, golden.gradients["x"]!.values, "gradient of x", within: Self.bound)
        problem.checkParameters(tape, within: Self.bound)
    }

    /// The layers (or the two directions) of a golden file with its values in them.
    private struct Problem {
        let golden: GoldenLayers
        let block: ParameterBlock
        let layers: [RecurrentLayer]

        init(_ golden: GoldenLayers, _ cell: Cell, _ context: KernelContext) {
            self.golden = golden
            let block = ParameterBlock()
            self.block = block
            let suffixes =
                golden.parameters["weight_ih_l0_reverse"] == nil
                ? (0..<golden.layers).map { "_l\($0)" } : ["_l0", "_l0_reverse"]
            layers = suffixes.map { suffix in
                RecurrentLayer(
                    cell, inputSize: golden.parameters["weight_ih\(suffix)"]!.shape[1],
                    hiddenSize: golden.hiddenSize, suffix: suffix, in: block)
            }
            for parameter in block.parameters {
                _ = parameter.buffer.update(from: golden.parameters[parameter.name]!.floats)
            }
            block.pack(context, backward: true)
        }

        func initial(_ index: Int, _ tape: Tape) -> LayerState {
            func state(_ name: String) -> Tensor? {
                golden.inputs[name].map {
                    tape.tensor($0.part(index).map { Float($0) }, columns: golden.hiddenSize)
                }
            }
            return LayerState(hidden: state("h0")!, cell: state("c0"))
        }

        func weigh(_ tensor: Tensor, _ weights: [Double]) {
            for index in weights.indices { tensor.gradient![index] += Float(weights[index]) }
        }

        func weighFinal(_ pass: RecurrentPass, _ index: Int) {
            weigh(pass.final.hidden, golden.lossWeights["hn"]!.part(index))
            if let cell = pass.final.cell { weigh(cell, golden.lossWeights["cn"]!.part(index)) }
        }

        func check(_ tensor: Tensor, _ expected: [Double], _ what: String, within bound: Double) {
            let gradient = Array(UnsafeBufferPointer(start: tensor.gradient, count: tensor.count))
            expectClose(gradient, expected, within: bound, what)
        }

        /// Final states, and the gradients of the initial ones.
        func checkStates(_ pass: RecurrentPass, _ initial: LayerState, _ index: Int, within bound: Double) {
            expectClose(
                pass.final.hidden.array, golden.outputs["hn"]!.part(index), within: bound, "hn \(index)")
            check(initial.hidden, golden.gradients["h0"]!.part(index), "gradient of h0", within: bound)
            guard let cell = pass.final.cell, let first = initial.cell else { return }
            expectClose(cell.array, golden.outputs["cn"]!.part(index), within: bound, "cn \(index)")
            check(first, golden.gradients["c0"]!.part(index), "gradient of c0", within: bound)
        }

        func checkParameters(_ tape: Tape, within bound: Double) {
            for parameter in block.parameters {
                let gradient = Array(
                    UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
                expectClose(
                    gradient, golden.gradients[parameter.name]!.values, within: bound, parameter.name)
            }
        }
    }
}
