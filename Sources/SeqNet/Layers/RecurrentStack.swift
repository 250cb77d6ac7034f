/// A deep recurrent network: layers on top of each other, with dropout between them.
///
/// Parameters are named as those of `torch.nn.RNN`, `GRU` and `LSTM`: `weight_ih_l0`, … .
public final class RecurrentStack: Sendable {
    public let layers: [RecurrentLayer]
    /// Acts between layers, as in PyTorch: not before the first, not after the last.
    public let dropout: Dropout

    public var cell: Cell { layers[0].cell }
    public var hiddenSize: Int { layers[0].hiddenSize }

    public init(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, layers count: Int = 1, dropout rate: Float = 0,
        prefix: String = "", in block: ParameterBlock
    ) {
        precondition(count >= 1, "at least one layer")
        layers = (0..<count).map {
            RecurrentLayer(
                cell, inputSize: $0 == 0 ? inputSize : hiddenSize, hiddenSize: hiddenSize,
                prefix: prefix, suffix: "_l\($0)", in: block)
        }
        dropout = Dropout(rate: rate)
    }

    /// - Parameters:
    ///   - input: [rows, inputSize].
    ///   - initial: one state a layer; nil means zeros.
    /// - Returns: the pass of each layer; the last one's `output` is the network's.
    public func callAsFunction(
        _ input: Tensor, _ batch: PackedBatch, initial: [LayerState]? = nil, _ tape: Tape
    ) -> [RecurrentPass] {
        precondition(initial == nil || initial!.count == layers.count, "one state a layer")
        var x = input
        return layers.enumerated().map { index, layer in
            if index > 0 { x = dropout(x, tape) }
            let pass = layer(x, batch, initial: initial?[index], tape)
            x = pass.output
            return pass
        }
    }
}
