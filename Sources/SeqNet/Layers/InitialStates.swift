/// Makes the initial states of a recurrent stack of one vector: in each layer h₀ = tanh(W x + b), and
/// c₀ = W x + b of cells that have a cell state.
///
/// Parameters: `hidden_l0.weight [hiddenSize, inputSize]`, `hidden_l0.bias [hiddenSize]`, … , and
/// `cell_l0.weight`, … .
public final class InitialStates: Sendable {
    private let hidden: [Linear]
    private let cell: [Linear]

    /// - Parameter prefix: of the parameters' names, such as `initial.`.
    public init(
        _ network: RecurrentConfiguration, inputSize: Int, prefix: String, in block: ParameterBlock
    ) {
        func linear(_ state: String, _ layer: Int) -> Linear {
            Linear(
                inputSize: inputSize, outputSize: network.hiddenSize,
                prefix: "\(prefix)\(state)_l\(layer).", in: block)
        }
        hidden = (0..<network.layers).map { linear("hidden", $0) }
        cell = network.cell.hasCellState ? (0..<network.layers).map { linear("cell", $0) } : []
    }

    /// - Parameter input: [sequences, inputSize].
    /// - Returns: a state a layer, [sequences, hiddenSize].
    public func callAsFunction(_ input: Tensor, _ tape: Tape) -> [LayerState] {
        hidden.indices.map { layer in
            LayerState(
                hidden: tape.tanh(hidden[layer](input, tape)),
                cell: cell.isEmpty ? nil : cell[layer](input, tape))
        }
    }
}
