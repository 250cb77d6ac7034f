import TestSupport
import Testing

@testable import SeqNet

/// Recurrent layers against PyTorch in float64: outputs, final states and every gradient.
struct GoldenLayersTests {
    /// Float32 against float64, in norms: some ten roundings of 6e-8.
    private static let bound = 1e-6

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test(arguments: Cell.byGoldenName, ["1_forward", "2_forward", "1_bidirectional", "2_bidirectional"])
    func layers(named: (name: String, cell: Cell), form: String) throws {
        let golden = try GoldenFile.read("layers_\(named.name)_\(form)", as: GoldenLayers.self)
        let problem = Problem(golden, named.cell, context)
        let tape = Tape(training: problem.block, context)
        let x = tape.tensor(golden.inputs["x"]!.floats, columns: golden.inputSize)
        let initial = (0..<problem.states).map { problem.initial($0, tape) }
        let passes = problem.stack(x, PackedBatch(lengths: golden.lengths), initial: initial, tape)
        let y = passes.last!.output, finals = passes.flatMap(\.finals)
        problem.weigh(y, golden.lossWeights["y"]!.values)
        for (index, final) in finals.enumerated() { problem.weighFinal(final, index) }
        tape.backward()

        expectClose(y.array, golden.outputs["y"]!.values, within: Self.bound, "y")
        for (index, final) in finals.enumerated() {
            problem.checkStates(final, initial[index], index, within: Self.bound)
        }
        problem.check(x, golden.gradients["x"]!.values, "gradient of x", within: Self.bound)
        problem.checkParameters(tape, within: Self.bound)
    }

    /// The layers of a golden file with its values in them.
    private struct Problem {
        let golden: GoldenLayers
        let block: ParameterBlock
        let stack: RecurrentStack
        /// Layers times directions.
        let states: Int

        init(_ golden: GoldenLayers, _ cell: Cell, _ context: KernelContext) {
            self.golden = golden
            let block = ParameterBlock()
            self.block = block
            stack = RecurrentStack(
                cell, inputSize: golden.inputSize, hiddenSize: golden.hiddenSize,
                layers: golden.layers, bidirectional: golden.bidirectional, in: block)
            states = golden.layers * (golden.bidirectional ? 2 : 1)
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

        func weighFinal(_ final: LayerState, _ index: Int) {
            weigh(final.hidden, golden.lossWeights["hn"]!.part(index))
            if let cell = final.cell { weigh(cell, golden.lossWeights["cn"]!.part(index)) }
        }

        func check(_ tensor: Tensor, _ expected: [Double], _ what: String, within bound: Double) {
            let gradient = Array(UnsafeBufferPointer(start: tensor.gradient, count: tensor.count))
            expectClose(gradient, expected, within: bound, what)
        }

        /// Final states, and the gradients of the initial ones.
        func checkStates(_ final: LayerState, _ initial: LayerState, _ index: Int, within bound: Double) {
            expectClose(
                final.hidden.array, golden.outputs["hn"]!.part(index), within: bound, "hn \(index)")
            check(initial.hidden, golden.gradients["h0"]!.part(index), "gradient of h0", within: bound)
            guard let cell = final.cell, let first = initial.cell else { return }
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
