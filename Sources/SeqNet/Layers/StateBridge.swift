/// Makes a decoder's initial states of an encoder's final ones, layer by layer, from the final states of
/// all directions (Bahdanau et al. 2015); see `InitialStates`, also for its parameters.
public final class StateBridge: Sendable {
    private let initial: InitialStates

    /// - Parameters:
    ///   - encoder: as many layers as the decoder has, with the same cells.
    ///   - hiddenSize: of the decoder.
    ///   - prefix: of the parameters' names, such as `bridge.`.
    public init(
        from encoder: RecurrentStack, hiddenSize: Int, prefix: String, in block: ParameterBlock
    ) {
        initial = InitialStates(
            encoder.cell, inputSize: encoder.outputSize, hiddenSize: hiddenSize,
            layers: encoder.layers.count, prefix: prefix, in: block)
    }

    /// - Parameters:
    ///   - passes: of the encoder's layers.
    ///   - order: for each of the decoder's sequences, the encoder's it goes on from.
    /// - Returns: a state for each of the decoder's layers, [order, hiddenSize].
    public func callAsFunction(
        _ passes: [RecurrentPass], order: [Int32], _ tape: Tape
    ) -> [LayerState] {
        func joined(_ layer: Int, _ state: (LayerState) -> Tensor) -> Tensor {
            tape.gathered(tape.concatenated(passes[layer].finals.map(state)), rows: order)
        }
        return initial.states(
            hidden: { joined($0, \.hidden) }, cell: { joined($0) { $0.cell! } }, tape)
    }
}
