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
}
