import CKernels

/// One direction of one recurrent layer. A whole batch through all its steps is one operation.
///
/// Parameters, named as PyTorch does: `weight_ih [G·H, I]`, `weight_hh [G·H, H]`,
/// `bias_ih [G·H]`, `bias_hh [G·H]`, each uniform in ±1/√H at first.
public final class RecurrentLayer: Sendable {
    public let cell: Cell
    public let inputSize: Int
    public let hiddenSize: Int

    let inputWeight: Parameter
    let hiddenWeight: Parameter
    let inputBias: Parameter
    let hiddenBias: Parameter
    private let packed: PackedRecurrentWeights

    /// - Parameters:
    ///   - prefix: of the parameters' names, such as `rnn.`.
    ///   - suffix: such as `_l0` or `_l0_reverse`.
    public init(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, prefix: String = "", suffix: String = "_l0",
        in block: ParameterBlock
    ) {
        precondition(inputSize > 0 && hiddenSize > 0, "sizes are at least 1")
        self.cell = cell
        self.inputSize = inputSize
        self.hiddenSize = hiddenSize
        let rows = cell.gates * hiddenSize
        let initial = Initializer.uniform(bound: 1 / Float(hiddenSize).squareRoot())
        inputWeight = block.add("\(prefix)weight_ih\(suffix)", [rows, inputSize], initial)
        hiddenWeight = block.add("\(prefix)weight_hh\(suffix)", [rows, hiddenSize], initial)
        inputBias = block.add("\(prefix)bias_ih\(suffix)", [rows], initial)
        hiddenBias = block.add("\(prefix)bias_hh\(suffix)", [rows], initial)
        packed = PackedRecurrentWeights(
            cell, inputWeight, hiddenWeight, inputBias, hiddenBias, inputSize, hiddenSize)
        block.register(packed)
    }

    /// Runs the layer over a batch.
    /// - Parameters:
    ///   - input: [rows of the batch, inputSize].
    ///   - batch: of the direction in which the layer runs.
    ///   - initial: [sequences, hiddenSize] states before the first step; nil means zeros.
    /// - Returns: the hidden state of every row, the state after each sequence, and what the
    ///   pass saved for its gradients.
    public func callAsFunction(
        _ input: Tensor, _ batch: PackedBatch, initial: LayerState? = nil, _ tape: Tape
    ) -> RecurrentPass {
        precondition(input.rows == batch.rows && input.columns == inputSize, "shape of the input")
        return run(LayerInput(values: input.values, gradient: input.gradient), batch, initial, tape)
    }

    /// Runs the layer over the embeddings of tokens. The same bits as the layer on
    /// `embedding(tokens, tape)`, and less work where tokens are many and the vocabulary is
    /// small: each row of the table is projected once, not once a token.
    public func callAsFunction(
        _ tokens: [Int32], of embedding: Embedding, _ batch: PackedBatch,
        initial: LayerState? = nil, _ tape: Tape
    ) -> RecurrentPass {
        let vocabulary = embedding.weight.shape[0]
        precondition(tokens.count == batch.rows && embedding.size == inputSize, "shape of the input")
        precondition(tokens.allSatisfy { $0 >= 0 && $0 < vocabulary }, "ids of the vocabulary")
        let ids = tape.workspace.integers(tokens)
        let table = LayerInput(
            values: embedding.weight.values,
            gradient: tape.isRecording ? tape.gradient(of: embedding.weight) : nil, ids: ids,
            tableRows: vocabulary)
        return run(table, batch, initial, tape)
    }

    /// The input of a pass: a row for each row of the batch, or ids and a table.
    private struct LayerInput {
        let values: UnsafeMutablePointer<Float>
        let gradient: UnsafeMutablePointer<Float>?
        var ids: UnsafeMutablePointer<Int32>?
        var tableRows = 0

        var kernel: sn_recurrent_input { .init(x: values, ids: ids, table_rows: tableRows) }
    }

    private func run(
        _ input: LayerInput, _ batch: PackedBatch, _ initial: LayerState?, _ tape: Tape
    ) -> RecurrentPass {
        let context = tape.context, sequences = batch.sequences, cell = cell.kernel
        let output = tape.tensor(rows: batch.rows, columns: hiddenSize)
        let cells = self.cell.hasCellState ? tape.workspace.floats(batch.rows * hiddenSize) : nil
        let savedSize = sn_cell_saved_size(cell, hiddenSize)
        let saved = tape.workspace.floats(batch.rows * savedSize)
        let final = LayerState(
            hidden: tape.tensor(rows: sequences, columns: hiddenSize),
            cell: self.cell.hasCellState ? tape.tensor(rows: sequences, columns: hiddenSize) : nil)
        let workspace = tape.workspace.floats(
            sn_recurrent_floats(
                context.pointer, cell, batch.rows, sequences, input.tableRows, inputSize, hiddenSize,
                tape.isRecording))
        sn_recurrent_forward(
            context.pointer, output.values, cells, final.hidden.values, final.cell?.values, saved,
            input.kernel, initial?.hidden.values, initial?.cell?.values, packed.panels, workspace,
            batch.pointer, cell, inputSize, hiddenSize)
        let pass = RecurrentPass(
            output: output, final: final, cells: cells, saved: saved, savedSize: savedSize)
        tape.record { [self] in
            backward(input, batch, initial, pass, workspace, tape)
        }
        return pass
    }

    private func backward(
        _ input: LayerInput, _ batch: PackedBatch, _ initial: LayerState?, _ pass: RecurrentPass,
        _ workspace: UnsafeMutablePointer<Float>, _ tape: Tape
    ) {
        sn_recurrent_backward(
            tape.context.pointer, input.gradient, initial?.hidden.gradient, initial?.cell?.gradient,
            tape.gradient(of: inputWeight), tape.gradient(of: hiddenWeight),
            tape.gradient(of: inputBias), tape.gradient(of: hiddenBias), pass.output.gradient,
            pass.saved, pass.final.hidden.gradient, pass.final.cell?.gradient, input.kernel,
            pass.output.values, pass.cells, initial?.hidden.values, initial?.cell?.values,
            packed.panels, workspace, batch.pointer, cell.kernel, inputSize, hiddenSize)
    }
}
