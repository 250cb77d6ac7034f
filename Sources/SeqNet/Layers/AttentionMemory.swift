/// What all steps of a decoder look at: the encoder's states.
public struct AttentionMemory {
    /// [rows, memorySize], from which contexts are made.
    let states: Tensor
    /// [rows, width], by which they are found: the states, or a projection of them.
    let keys: Tensor
}
