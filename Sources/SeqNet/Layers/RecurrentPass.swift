/// What one recurrent layer leaves of a batch.
public struct RecurrentPass {
    /// [rows, hiddenSize]: the hidden state of every row. After `Tape.backward()` its gradient
    /// is the whole gradient of each hidden state, through later steps too.
    public let output: Tensor
    /// The state after each sequence.
    public let final: LayerState
    /// [rows, hiddenSize] cell states, when the cell has them.
    let cells: UnsafeMutablePointer<Float>?
    /// [rows, savedSize] activations of the gates; the backward pass overwrites them.
    let saved: UnsafeMutablePointer<Float>
    let savedSize: Int
}
