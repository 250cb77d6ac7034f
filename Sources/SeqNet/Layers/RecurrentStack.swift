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
        return stack(on: layers[0](input, batch, initial: initial?[0], tape), batch, initial, tape)
    }

    /// Runs the network over the embeddings of tokens, which the first layer looks up itself;
    /// the same bits as on `embedding(tokens, tape)`.
    public func callAsFunction(
        _ tokens: [Int32], of embedding: Embedding, _ batch: PackedBatch,
        initial: [LayerState]? = nil, _ tape: Tape
    ) -> [RecurrentPass] {
        precondition(initial == nil || initial!.count == layers.count, "one state a layer")
        let first = layers[0](tokens, of: embedding, batch, initial: initial?[0], tape)
        return stack(on: first, batch, initial, tape)
    }

    /// The passes of all layers, given the first one's.
    private func stack(
        on first: RecurrentPass, _ batch: PackedBatch, _ initial: [LayerState]?, _ tape: Tape
    ) -> [RecurrentPass] {
        var passes = [first]
        for (index, layer) in layers.enumerated().dropFirst() {
            let x = dropout(passes[index - 1].output, tape)
            passes.append(layer(x, batch, initial: initial?[index], tape))
        }
        return passes
    }
}
