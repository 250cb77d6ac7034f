/// Makes a decoder's initial states of an encoder's final ones: in each layer
/// h₀ = tanh(W h + b), where h holds the final states of all directions (Bahdanau et al. 2015), and
/// c₀ = W c + b of cells that have a cell state.
///
/// Parameters: `hidden_l0.weight [hiddenSize, inputSize]`, `hidden_l0.bias [hiddenSize]`, … , and
/// `cell_l0.weight`, … .
public final class StateBridge: Sendable {
    private let hidden: [Linear]
    private let cell: [Linear]

    /// - Parameters:
    ///   - encoder: as many layers as the decoder has, with the same cells.
    ///   - hiddenSize: of the decoder.
    ///   - prefix: of the parameters' names, such as `bridge.`.
    public init(
        from encoder: RecurrentStack, hiddenSize: Int, prefix: String, in block: ParameterBlock
    ) {
        func linear(_ state: String, _ layer: Int) -> Linear {
            Linear(
                inputSize: encoder.outputSize, outputSize: hiddenSize,
                prefix: "\(prefix)\(state)_l\(layer).", in: block)
        }
        hidden = encoder.layers.indices.map { linear("hidden", $0) }
        cell = encoder.cell.hasCellState ? encoder.layers.indices.map { linear("cell", $0) } : []
    }

    /// - Parameters:
    ///   - passes: of the encoder's layers.
    ///   - order: for each of the decoder's sequences, the encoder's it goes on from.
    /// - Returns: a state for each of the decoder's layers, [order, hiddenSize].
    public func callAsFunction(
        _ passes: [RecurrentPass], order: [Int32], _ tape: Tape
    ) -> [LayerState] {
        passes.enumerated().map { layer, pass in
            func joined(_ state: (LayerState) -> Tensor) -> Tensor {
                tape.gathered(tape.concatenated(pass.finals.map(state)), rows: order)
            }
            return LayerState(
                hidden: tape.tanh(hidden[layer](joined(\.hidden), tape)),
                cell: cell.isEmpty ? nil : cell[layer](joined { $0.cell! }, tape))
        }
    }
}
