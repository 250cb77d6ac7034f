/// A deep recurrent network: layers on top of each other, with dropout between them.
///
/// Parameters are named as those of `torch.nn.RNN`, `GRU` and `LSTM`: `weight_ih_l0`, … , those
/// of the second direction `weight_ih_l0_reverse`, … .
public final class RecurrentStack: Sendable {
    public let layers: [RecurrentLayer]
    /// Acts between layers, as in PyTorch: not before the first, not after the last.
    public let dropout: Dropout

    public var cell: Cell { layers[0].cell }
    public var hiddenSize: Int { layers[0].hiddenSize }
    public var isBidirectional: Bool { layers[0].isBidirectional }
    /// Columns of the output: hiddenSize for each direction.
    public var outputSize: Int { layers[0].outputSize }

    /// - Parameters:
    ///   - bidirectional: every layer runs both ways and gives both to the next.
    ///   - rate: of `dropout`.
    ///   - recurrentDropout: of every layer; see `RecurrentLayer`.
    public init(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, layers count: Int = 1,
        bidirectional: Bool = false, dropout rate: Float = 0, recurrentDropout: Float = 0,
        prefix: String = "", in block: ParameterBlock
    ) {
        precondition(count >= 1, "at least one layer")
        layers = (0..<count).map {
            RecurrentLayer(
                cell,
                inputSize: $0 == 0 ? inputSize : hiddenSize * (bidirectional ? 2 : 1),
                hiddenSize: hiddenSize, bidirectional: bidirectional,
                recurrentDropout: recurrentDropout, prefix: prefix, suffix: "_l\($0)", in: block)
        }
        dropout = Dropout(rate: rate)
    }

    /// - Parameters:
    ///   - input: [rows, inputSize].
    ///   - initial: one state a layer, or two, first direction first; nil means zeros.
    /// - Returns: the pass of each layer; the last one's `output` is the network's.
    public func callAsFunction(
        _ input: Tensor, _ batch: PackedBatch, initial: [LayerState]? = nil, _ tape: Tape
    ) -> [RecurrentPass] {
        let first = layers[0](input, batch, initial: states(of: 0, initial), tape)
        return stack(on: first, batch, initial, tape)
    }

    /// Runs the network over the embeddings of tokens, which the first layer looks up itself;
    /// the same bits as on `embedding(tokens, tape)`.
    public func callAsFunction(
        _ tokens: [Int32], of embedding: Embedding, _ batch: PackedBatch,
        initial: [LayerState]? = nil, _ tape: Tape
    ) -> [RecurrentPass] {
        let first = layers[0](tokens, of: embedding, batch, initial: states(of: 0, initial), tape)
        return stack(on: first, batch, initial, tape)
    }

    /// Runs the network over rows of a table by their number; the same bits as on
    /// `tape.gathered(table, rows: rows)`.
    public func callAsFunction(
        _ rows: [Int32], of table: Tensor, _ batch: PackedBatch, initial: [LayerState]? = nil,
        _ tape: Tape
    ) -> [RecurrentPass] {
        let first = layers[0](rows, of: table, batch, initial: states(of: 0, initial), tape)
        return stack(on: first, batch, initial, tape)
    }

    /// A layer's own of the initial states.
    private func states(of layer: Int, _ initial: [LayerState]?) -> [LayerState]? {
        guard let initial else { return nil }
        let each = isBidirectional ? 2 : 1
        precondition(initial.count == layers.count * each, "one state a layer and direction")
        return Array(initial[layer * each..<(layer + 1) * each])
    }

    /// The passes of all layers, given the first one's.
    private func stack(
        on first: RecurrentPass, _ batch: PackedBatch, _ initial: [LayerState]?, _ tape: Tape
    ) -> [RecurrentPass] {
        var passes = [first]
        for (index, layer) in layers.enumerated().dropFirst() {
            let x = dropout(passes[index - 1].output, tape)
            passes.append(layer(x, batch, initial: states(of: index, initial), tape))
        }
        return passes
    }
}
