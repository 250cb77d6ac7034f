import CKernels
import Testing

/// A `RecurrentProblem` in float32, run by the fast kernels of one context.
struct KernelLayer {
    let cell: Cell
    let inputSize: Int
    let hiddenSize: Int
    var weightIH: [Float]
    var weightHH: [Float]
    var biasIH: [Float]
    var biasHH: [Float]
    var x: [Float]
    var h0: [Float]?
    var c0: [Float]?
    var dy: [Float]
    var dhn: [Float]?
    var dcn: [Float]?

    init(_ problem: RecurrentProblem) {
        let layer = problem.layer
        cell = layer.cell
        inputSize = layer.inputSize
        hiddenSize = layer.hiddenSize
        weightIH = layer.weightIH.map(Float.init)
        weightHH = layer.weightHH.map(Float.init)
        biasIH = layer.biasIH.map(Float.init)
        biasHH = layer.biasHH.map(Float.init)
        x = problem.input.x.map(Float.init)
        h0 = problem.input.h0?.map(Float.init)
        c0 = problem.input.c0?.map(Float.init)
        dy = problem.outputGradients.dy.map(Float.init)
        dhn = problem.outputGradients.dhn?.map(Float.init)
        dcn = problem.outputGradients.dcn?.map(Float.init)
    }

    /// What a forward pass writes.
    struct Output {
        var y: [Float]
        var cells: [Float]
        var hn: [Float]
        var cn: [Float]
        var saved: [Float]
    }

    /// What a backward pass adds to, and `total`, which it leaves in dy.
    struct Gradients {
        var dx: [Float]
        var dh0: [Float]
        var dc0: [Float]
        var weightIH: [Float]
        var weightHH: [Float]
        var biasIH: [Float]
        var biasHH: [Float]
        var total: [Float]
    }

    /// Gradients that a backward pass can leave out.
    struct Outputs: OptionSet {
        let rawValue: Int
        static let input = Outputs(rawValue: 1)
        static let states = Outputs(rawValue: 2)
        static let weights = Outputs(rawValue: 4)
        static let all: Outputs = [.input, .states, .weights]
    }

    func forward(_ context: sn_context, _ layout: PackedLayout) -> Output {
        let panels = RecurrentPanels(context, self, backward: false)
        return forward(panels, layout)
    }

    /// A pass with weights that are packed already; one that keeps no gates has no `saved`, and
    /// no cell states of each row. The final states may take the place of the initial ones.
    func forward(
        _ panels: RecurrentPanels, _ layout: PackedLayout, keepsGates: Bool = true,
        replacesStates: Bool = false
    ) -> Output {
        var context = panels.context
        let states = layout.sequences * hiddenSize
        let y = AlignedFloats(count: layout.rows * hiddenSize)
        let cells = AlignedFloats(count: cell.hasCellState ? y.count : 0)
        let h0 = self.h0.map { AlignedFloats($0) }, c0 = self.c0.map { AlignedFloats($0) }
        let hn = replacesStates ? h0! : AlignedFloats(count: states)
        let cn =
            replacesStates && cell.hasCellState
            ? c0! : AlignedFloats(count: cell.hasCellState ? states : 0)
        let saved = AlignedFloats(
            count: keepsGates ? layout.rows * sn_cell_saved_size(cell.kernel, hiddenSize) : 0)
        let workspace = AlignedFloats(
            count: sn_recurrent_floats(
                &context, cell.kernel, layout.rows, layout.sequences, 0, inputSize, hiddenSize,
                false))
        let x = AlignedFloats(self.x)
        layout.withBatch { batch in
            panels.withPanels { panels in
                var run = sn_recurrent_run(
                    cell: cell.kernel, input_size: inputSize, hidden_size: hiddenSize,
                    panels: panels, batch: batch,
                    input: sn_recurrent_input(x: x.pointer, ids: nil, table_rows: 0),
                    h0: h0?.pointer, c0: c0?.pointer, y: y.pointer, y_stride: hiddenSize,
                    cells: keepsGates && cell.hasCellState ? cells.pointer : nil, hn: hn.pointer,
                    cn: cell.hasCellState ? cn.pointer : nil,
                    saved: keepsGates ? saved.pointer : nil, workspace: workspace.pointer,
                    steps_before: 0, worth_a_thread: 0)
                sn_recurrent_forward(&context, &run, 1)
            }
        }
        return Output(
            y: y.values, cells: cells.values, hn: hn.values, cn: cn.values, saved: saved.values)
    }

    /// Gradients added to `start` each, but those of the weight matrices and of the input written
    /// if they are empty; those that are not asked for are given as NULL.
    func backward(
        _ context: sn_context, _ layout: PackedLayout, _ output: Output,
        outputs: Outputs = .all, start: Float = 0, weightsAreEmpty: Bool = false,
        inputIsEmpty: Bool = false
    ) -> Gradients {
        let panels = RecurrentPanels(context, self, backward: true)
        var context = context
        let states = layout.sequences * hiddenSize
        func gradient(_ count: Int) -> AlignedFloats {
            AlignedFloats(count: count, filledWith: start)
        }
        let dx = gradient(x.count)
        let dh0 = gradient(states)
        let dc0 = gradient(cell.hasCellState ? states : 0)
        let weightIH = gradient(self.weightIH.count)
        let weightHH = gradient(self.weightHH.count)
        let biasIH = gradient(self.biasIH.count)
        let biasHH = gradient(self.biasHH.count)
        let dy = AlignedFloats(self.dy)
        let saved = AlignedFloats(output.saved)
        let workspace = AlignedFloats(
            count: sn_recurrent_floats(
                &context, cell.kernel, layout.rows, layout.sequences, 0, inputSize, hiddenSize, true))
        let hasWeights = outputs.contains(.weights)
        let hasStates = outputs.contains(.states)
        let h0 = self.h0.map { AlignedFloats($0) }, c0 = self.c0.map { AlignedFloats($0) }
        let dhn = self.dhn.map { AlignedFloats($0) }, dcn = self.dcn.map { AlignedFloats($0) }
        let x = AlignedFloats(self.x), y = AlignedFloats(output.y), cells = AlignedFloats(output.cells)
        layout.withBatch { batch in
            panels.withPanels { panels in
                var run = sn_recurrent_run(
                    cell: cell.kernel, input_size: inputSize, hidden_size: hiddenSize,
                    panels: panels, batch: batch,
                    input: sn_recurrent_input(x: x.pointer, ids: nil, table_rows: 0),
                    h0: h0?.pointer, c0: c0?.pointer, y: y.pointer, y_stride: hiddenSize,
                    cells: cell.hasCellState ? cells.pointer : nil, hn: nil, cn: nil,
                    saved: saved.pointer, workspace: workspace.pointer, steps_before: 0,
                    worth_a_thread: 0)
                var gradients = sn_recurrent_gradients(
                    dx: outputs.contains(.input) ? dx.pointer : nil,
                    dh0: hasStates ? dh0.pointer : nil,
                    dc0: hasStates && cell.hasCellState ? dc0.pointer : nil,
                    dw_ih: hasWeights ? weightIH.pointer : nil,
                    dw_hh: hasWeights ? weightHH.pointer : nil,
                    db_ih: hasWeights ? biasIH.pointer : nil,
                    db_hh: hasWeights ? biasHH.pointer : nil, weights_are_empty: weightsAreEmpty,
                    x_is_empty: inputIsEmpty, dy: dy.pointer,
                    dhn: dhn?.pointer, dcn: dcn?.pointer)
                sn_recurrent_backward(&context, &run, &gradients, 1)
            }
        }
        return Gradients(
            dx: dx.values, dh0: dh0.values, dc0: dc0.values, weightIH: weightIH.values,
            weightHH: weightHH.values, biasIH: biasIH.values, biasHH: biasHH.values,
            total: dy.values)
    }
}

extension KernelLayer.Output {
    /// The parts that a caller sees; `saved` is the kernels' own.
    var parts: [(name: String, values: [Float])] {
        [("y", y), ("cells", cells), ("hn", hn), ("cn", cn)]
    }
}

extension KernelLayer.Gradients {
    var parts: [(name: String, values: [Float])] {
        [
            ("dx", dx), ("dh0", dh0), ("dc0", dc0), ("dw_ih", weightIH), ("dw_hh", weightHH),
            ("db_ih", biasIH), ("db_hh", biasHH), ("dh", total),
        ]
    }
}
