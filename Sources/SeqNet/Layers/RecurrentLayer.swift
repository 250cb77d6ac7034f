import CKernels

/// One recurrent layer, in one direction of time or both. A whole batch through all its steps is
/// one operation.
///
/// Parameters, named as PyTorch does: `weight_ih [G·H, I]`, `weight_hh [G·H, H]`,
/// `bias_ih [G·H]`, `bias_hh [G·H]`, each uniform in ±1/√H at first; those of the second
/// direction end in `_reverse`.
public final class RecurrentLayer: Sendable {
    public let cell: Cell
    public let inputSize: Int
    public let hiddenSize: Int
    /// Whether it runs both ways, with weights for each.
    public var isBidirectional: Bool { directions.count == 2 }
    /// Columns of the output: hiddenSize for each direction.
    public var outputSize: Int { directions.count * hiddenSize }
    /// The share of each `weight_hh` that an update of training leaves out (DropConnect).
    public let recurrentDropout: Float

    private let directions: [RecurrentWeights]

    /// - Parameters:
    ///   - bidirectional: a second direction runs against the batch's; the output has both.
    ///   - recurrentDropout: in 0 ..< 1; while training, each weight of every `weight_hh` is zero with
    ///     this probability and else divided by 1 - p, for all steps of an update alike.
    ///   - prefix: of the parameters' names, such as `rnn.`.
    ///   - suffix: such as `_l0`.
    public init(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, bidirectional: Bool = false,
        recurrentDropout: Float = 0, prefix: String = "", suffix: String = "_l0", in block: ParameterBlock
    ) {
        precondition(inputSize > 0 && hiddenSize > 0, "sizes are at least 1")
        precondition(recurrentDropout >= 0 && recurrentDropout < 1, "a rate in 0 ..< 1")
        self.cell = cell
        self.recurrentDropout = recurrentDropout
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        directions = (bidirectional ? ["", "_reverse"] : [""]).map {
            RecurrentWeights(
                cell, inputSize: inputSize, hiddenSize: hiddenSize, prefix: prefix,
                suffix: suffix + $0, in: block)
        }
    }

    /// Runs the layer over a batch.
    /// - Parameters:
    ///   - input: [rows of the batch, inputSize].
    ///   - batch: of the direction in which the layer, or its first direction, runs.
    ///   - initial: for each direction, [sequences, hiddenSize] states before its first step;
    ///     nil means zeros.
    /// - Returns: the hidden states of every row, the states after each sequence, and what the
    ///   pass saved for its gradients.
    public func callAsFunction(
        _ input: Tensor, _ batch: PackedBatch, initial: [LayerState]? = nil, _ tape: Tape
    ) -> RecurrentPass {
        precondition(input.rows == batch.rows && input.columns == inputSize, "shape of the input")
        return run(
            LayerInput(values: input.values) { input.gradientTarget() }, batch, initial, tape)
    }

    /// Runs the layer over the embeddings of tokens. The same bits as the layer on
    /// `embedding(tokens, tape)`, and less work where tokens are many and the vocabulary is
    /// small: each row of the table is projected once, not once a token.
    public func callAsFunction(
        _ tokens: [Int32], of embedding: Embedding, _ batch: PackedBatch,
        initial: [LayerState]? = nil, _ tape: Tape
    ) -> RecurrentPass {
        let weight = embedding.weight
        precondition(embedding.size == inputSize, "shape of the input")
        return run(
            looking(up: tokens, in: weight.values, rows: weight.shape[0], batch, tape) {
                GradientMemory.Target(values: tape.gradient(of: weight), isEmpty: false)
            }, batch, initial, tape)
    }

    /// Runs the layer over rows of a table by their number. The same bits as the layer on
    /// `tape.gathered(table, rows: rows)`; each row of the table is projected once.
    public func callAsFunction(
        _ rows: [Int32], of table: Tensor, _ batch: PackedBatch, initial: [LayerState]? = nil,
        _ tape: Tape
    ) -> RecurrentPass {
        precondition(table.columns == inputSize, "shape of the input")
        return run(
            looking(up: rows, in: table.values, rows: table.rows, batch, tape) {
                table.gradient.map { GradientMemory.Target(values: $0, isEmpty: false) }
            }, batch, initial, tape)
    }

    private func looking(
        up ids: [Int32], in table: UnsafeMutablePointer<Float>, rows: Int, _ batch: PackedBatch,
        _ tape: Tape, gradient: @escaping () -> GradientMemory.Target?
    ) -> LayerInput {
        precondition(ids.count == batch.rows, "a row of the table for each row of the batch")
        precondition(ids.allSatisfy { $0 >= 0 && $0 < rows }, "rows of the table")
        return LayerInput(
            values: table, ids: tape.workspace.integers(ids), tableRows: rows, gradient: gradient)
    }

    /// The input of a pass: a row for each row of the batch, or ids and a table.
    private struct LayerInput {
        let values: UnsafeMutablePointer<Float>
        var ids: UnsafeMutablePointer<Int32>?
        var tableRows = 0
        /// Asked for by the backward pass alone.
        let gradient: () -> GradientMemory.Target?

        var kernel: sn_recurrent_input { .init(x: values, ids: ids, table_rows: tableRows) }
    }

    private func run(
        _ input: LayerInput, _ batch: PackedBatch, _ initial: [LayerState]?, _ tape: Tape
    ) -> RecurrentPass {
        precondition(
            initial == nil || initial!.count == directions.count, "one initial state a direction")
        let output = tape.tensor(rows: batch.rows, columns: outputSize)
        let batches = isBidirectional ? [batch, batch.opposite] : [batch]
        let pass = RecurrentPass(
            output: output, finals: batches.map { final($0.sequences, tape) },
            directions: batches.map { _ in
                kept(rows: batch.rows, withGates: tape.isRecording) {
                    tape.kept(rows: batch.rows, width: $0)
                }
            },
            savedSize: sn_cell_saved_size(cell.kernel, hiddenSize))
        let runs = directions.indices.map { index in
            kernelRun(
                direction: index, packed(directions[index], tape), input.kernel, batches[index],
                initial: initial.map { Self.kernelState($0[index]) },
                final: Self.kernelState(pass.finals[index]), output: output.values,
                pass.directions[index],
                workspace: tape.scratch(
                    workspaceFloats(batch, input.tableRows, tape.isRecording, tape.context)))
        }
        sn_recurrent_forward(tape.context.pointer, runs, runs.count)
        // The batches are those of the runs, kept alive with them.
        if let scope = tape.scope {
            record(in: scope, input, runs, batches, initial, pass, tape)
        } else {
            tape.record { [self] in
                withExtendedLifetime(batches) {
                    backward(input, runs, initial, pass, takesWeights: true, tape)
                }
            }
        }
        return pass
    }

    /// Leaves the backward pass of one step of an unrolled scope.
    private func record(
        in scope: UnrolledScope, _ input: LayerInput, _ runs: [sn_recurrent_run],
        _ batches: [PackedBatch], _ initial: [LayerState]?, _ pass: RecurrentPass, _ tape: Tape
    ) {
        precondition(!isBidirectional && input.ids == nil, "a step has one direction, and no ids")
        let x = Tensor(
            rows: batches[0].rows, columns: inputSize, values: input.values, gradient: nil)
        tape.record(x) { [self] in
            withExtendedLifetime(batches) {
                backward(input, runs, initial, pass, takesWeights: false, tape)
            }
        } weights: { [self] _ in
            weightGradients(runs[0], scope.batch, tape)
        }
    }

    /// A run over one step of `batch`, whose states lie in `state` before and after it. The
    /// caller sets its input.
    func stepRun(
        _ batch: PackedBatch, _ state: KernelState, _ memory: Workspace, _ context: KernelContext
    ) -> sn_recurrent_run {
        precondition(!isBidirectional && batch.steps == 1, "one step of one direction")
        precondition(
            directions[0].packed.isPacked(for: context),
            "pack the parameters first, for the context's instruction set")
        return kernelRun(
            direction: 0, directions[0].packed, sn_recurrent_input(), batch, initial: state,
            final: state, output: memory.floats(batch.rows * hiddenSize),
            RecurrentPass.Direction(cells: nil, saved: nil),
            workspace: memory.floats(workspaceFloats(batch, 0, false, context)))
    }

    /// Where the states of one direction lie, [sequences, hiddenSize] each.
    typealias KernelState = (
        hidden: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>?
    )

    private static func kernelState(_ state: LayerState) -> KernelState {
        (state.hidden.values, state.cell?.values)
    }

    private func kernelRun(
        direction: Int, _ packed: PackedRecurrentWeights, _ input: sn_recurrent_input,
        _ batch: PackedBatch, initial: KernelState?, final: KernelState,
        output: UnsafeMutablePointer<Float>, _ own: RecurrentPass.Direction,
        workspace: UnsafeMutablePointer<Float>
    ) -> sn_recurrent_run {
        sn_recurrent_run(
            cell: cell.kernel, input_size: inputSize, hidden_size: hiddenSize,
            panels: packed.panels, batch: batch.pointer, input: input, h0: initial?.hidden,
            c0: initial?.cell, y: output + direction * hiddenSize,
            y_stride: outputSize, cells: own.cells, hn: final.hidden, cn: final.cell,
            saved: own.saved, workspace: workspace, steps_before: 0, worth_a_thread: 0)
    }

    /// The weights of a direction that a pass reads; they live as long as its tape.
    private func packed(_ weights: RecurrentWeights, _ tape: Tape) -> PackedRecurrentWeights {
        drops(tape) ? tape.dropped(weights, rate: recurrentDropout).packed : weights.packed
    }

    private func drops(_ tape: Tape) -> Bool { tape.isTraining && recurrentDropout > 0 }

    private func final(_ sequences: Int, _ tape: Tape) -> LayerState {
        LayerState(
            hidden: tape.tensor(rows: sequences, columns: hiddenSize),
            cell: cell.hasCellState ? tape.tensor(rows: sequences, columns: hiddenSize) : nil)
    }

    /// What one direction keeps of so many rows; `memory` gives it for the floats of a row.
    private func kept(
        rows: Int, withGates: Bool, _ memory: (_ width: Int) -> UnsafeMutablePointer<Float>
    ) -> RecurrentPass.Direction {
        RecurrentPass.Direction(
            cells: withGates && cell.hasCellState ? memory(hiddenSize) : nil,
            saved: withGates ? memory(sn_cell_saved_size(cell.kernel, hiddenSize)) : nil)
    }

    private func workspaceFloats(
        _ batch: PackedBatch, _ tableRows: Int, _ isRecording: Bool, _ context: KernelContext
    ) -> Int {
        sn_recurrent_floats(
            context.pointer, cell.kernel, batch.rows, batch.sequences, tableRows, inputSize,
            hiddenSize, isRecording)
    }

    private func backward(
        _ input: LayerInput, _ runs: [sn_recurrent_run], _ initial: [LayerState]?,
        _ pass: RecurrentPass, takesWeights: Bool, _ tape: Tape
    ) {
        // The input may itself be an initial state: its gradient is then not empty any more.
        let initialGradients = initial?.map { ($0.hidden.gradient, $0.cell?.gradient) }
        let dx = input.gradient()
        let gradients = directions.indices.map { index in
            let final = pass.finals[index]
            var own =
                takesWeights
                ? weightGradients(of: directions[index], tape) : sn_recurrent_gradients()
            own.dx = dx?.values
            own.x_is_empty = dx?.isEmpty ?? false
            own.dh0 = initialGradients?[index].0
            own.dc0 = initialGradients?[index].1
            own.dy = pass.output.gradient! + index * hiddenSize
            own.dhn = UnsafePointer(final.hidden.heldGradient)
            own.dcn = UnsafePointer(final.cell?.heldGradient)
            return own
        }
        sn_recurrent_backward(tape.context.pointer, runs, gradients, runs.count)
    }

    /// Where the gradients of a direction's weights are gathered.
    private func weightGradients(
        of weights: RecurrentWeights, _ tape: Tape
    ) -> sn_recurrent_gradients {
        var gradients = sn_recurrent_gradients()
        if drops(tape) {
            gradients.dw_ih = tape.gradient(of: weights.input)
            gradients.dw_hh = tape.dropped(weights, rate: recurrentDropout).gradient
        } else {
            let matrices = tape.gradientTargets(of: weights.input, weights.hidden)
            gradients.dw_ih = matrices.first.values
            gradients.dw_hh = matrices.second.values
            gradients.weights_are_empty = matrices.first.isEmpty
        }
        gradients.db_ih = tape.gradient(of: weights.inputBias)
        gradients.db_hh = tape.gradient(of: weights.hiddenBias)
        return gradients
    }

    /// The gradients of the weights from the steps of a batch, of which the first was `run`.
    private func weightGradients(_ run: sn_recurrent_run, _ batch: PackedBatch, _ tape: Tape) {
        var whole = run
        whole.batch = UnsafePointer(batch.pointer)
        whole.workspace = tape.workspace.floats(workspaceFloats(batch, 0, true, tape.context))
        var gradients = weightGradients(of: directions[0], tape)
        sn_recurrent_weight_gradients(tape.context.pointer, &whole, &gradients)
    }
}
