/// Makes the initial states of a recurrent stack: in each layer h₀ = tanh(W x + b), and c₀ = W x + b of
/// cells that have a cell state.
///
/// Parameters: `hidden_l0.weight [hiddenSize, inputSize]`, `hidden_l0.bias [hiddenSize]`, … , and
/// `cell_l0.weight`, … .
public final class InitialStates: Sendable {
    private let hidden: [Linear]
    private let cell: [Linear]

    /// - Parameter prefix: of the parameters' names, such as `initial.`.
    public init(
        _ kind: Cell, inputSize: Int, hiddenSize: Int, layers: Int, prefix: String,
        in block: ParameterBlock
    ) {
        func linear(_ state: String, _ layer: Int) -> Linear {
            Linear(
                inputSize: inputSize, outputSize: hiddenSize, prefix: "\(prefix)\(state)_l\(layer).",
                in: block)
        }
        hidden = (0..<layers).map { linear("hidden", $0) }
        cell = kind.hasCellState ? (0..<layers).map { linear("cell", $0) } : []
    }

    /// - Parameter input: of all layers, [sequences, inputSize].
    /// - Returns: a state a layer, [sequences, hiddenSize].
    public func callAsFunction(_ input: Tensor, _ tape: Tape) -> [LayerState] {
        states(hidden: { _ in input }, cell: { _ in input }, tape)
    }

    /// The same with inputs of each layer's own; `cell` is asked only of cells that have a cell state.
    func states(
        hidden input: (_ layer: Int) -> Tensor, cell cellInput: (_ layer: Int) -> Tensor, _ tape: Tape
    ) -> [LayerState] {
        hidden.indices.map { layer in
            LayerState(
                hidden: tape.tanh(hidden[layer](input(layer), tape)),
                cell: cell.isEmpty ? nil : cell[layer](cellInput(layer), tape))
        }
    }
}
