/// What one recurrent layer leaves of a batch.
public struct RecurrentPass {
    /// [rows, hiddenSize], or [rows, 2·hiddenSize] of both directions side by side: the hidden
    /// states of every row. After `Tape.backward()` its gradient is the whole gradient of each
    /// hidden state, through later steps too.
    public let output: Tensor
    /// For each direction, the state after each sequence: of the second one, after its first step.
    public let finals: [LayerState]
    /// The state after each sequence, of the first direction.
    public var final: LayerState { finals[0] }

    /// What one direction keeps for its gradients.
    struct Direction {
        /// [rows, hiddenSize] cell states, when the cell has them and the tape records.
        let cells: UnsafeMutablePointer<Float>?
        /// [rows, savedSize] activations of the gates, when the tape records; the backward pass
        /// may overwrite them.
        let saved: UnsafeMutablePointer<Float>?
    }

    let directions: [Direction]
    let savedSize: Int
}
