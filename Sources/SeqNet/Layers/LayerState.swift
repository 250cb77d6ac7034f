/// The state of one recurrent layer for each sequence of a batch.
public struct LayerState {
    /// [sequences, hiddenSize].
    public let hidden: Tensor
    /// [sequences, hiddenSize]; nil unless the cell has a cell state.
    public let cell: Tensor?

    public init(hidden: Tensor, cell: Tensor?) {
        self.hidden = hidden
        self.cell = cell
    }

    /// The state of the first sequences, in the same memory.
    public func prefix(_ sequences: Int) -> LayerState {
        LayerState(hidden: hidden.rows(0..<sequences), cell: cell?.rows(0..<sequences))
    }

    /// The states of sequences by their number, each as often as it is named.
    func gathered(_ sequences: [Int32], _ tape: Tape) -> LayerState {
        LayerState(
            hidden: tape.gathered(hidden, rows: sequences),
            cell: cell.map { tape.gathered($0, rows: sequences) })
    }
}
