/// The states of a recurrent stack, kept from one batch to the next.
///
/// A tape's tensors end with the tape's next reset; this outlives it. No gradient crosses.
public final class CarriedState {
    public let sequences: Int
    /// For each layer: the hidden state and, when the cell has one, the cell state.
    let buffers: [(hidden: AlignedBuffer, cell: AlignedBuffer?)]
    private let hiddenSize: Int

    /// Zero states of `sequences` sequences.
    ///
    /// - Precondition: the stack runs in one direction; what comes later has no state yet.
    public init(_ stack: RecurrentStack, sequences: Int) {
        precondition(!stack.isBidirectional, "a stream runs in one direction")
        self.sequences = sequences
        hiddenSize = stack.hiddenSize
        let count = sequences * stack.hiddenSize
        buffers = stack.layers.map {
            (AlignedBuffer(count: count), $0.cell.hasCellState ? AlignedBuffer(count: count) : nil)
        }
    }

    /// Makes every state zero, as before a text.
    public func reset() {
        for (hidden, cell) in buffers {
            hidden.fill(with: 0)
            cell?.fill(with: 0)
        }
    }

    /// The states of the first `sequences` sequences as the initial states of a pass.
    public func layers(sequences: Int? = nil) -> [LayerState] {
        buffers.map { buffer in
            LayerState(
                hidden: tensor(buffer.hidden, sequences), cell: buffer.cell.map { tensor($0, sequences) })
        }
    }

    /// Takes the states after a pass. Its sequences are the first of these.
    public func update(from passes: [RecurrentPass]) { set(to: passes.map(\.final)) }

    /// Takes a state a layer. Their sequences are the first of these.
    func set(to states: [LayerState]) {
        for (buffer, state) in zip(buffers, states) {
            buffer.hidden.floats.update(from: state.hidden.values, count: state.hidden.count)
            if let cell = state.cell { buffer.cell!.floats.update(from: cell.values, count: cell.count) }
        }
    }

    /// All states with names for a checkpoint, each [sequences, hiddenSize].
    var named: [(name: String, buffer: UnsafeMutableBufferPointer<Float>)] {
        buffers.enumerated().flatMap { index, buffer in
            [("hidden_l\(index)", buffer.hidden.buffer)]
                + (buffer.cell.map { [("cell_l\(index)", $0.buffer)] } ?? [])
        }
    }

    private func tensor(_ buffer: AlignedBuffer, _ sequences: Int?) -> Tensor {
        Tensor(
            rows: sequences ?? self.sequences, columns: hiddenSize, values: buffer.floats,
            gradient: nil)
    }
}
