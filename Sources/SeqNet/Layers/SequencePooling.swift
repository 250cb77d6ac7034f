import CKernels

/// One vector for each sequence of a batch from the hidden states of its steps, for tasks that
/// tell something of a whole sequence (many-to-one).
public final class SequencePooling: Sendable {
    public let kind: PoolingKind
    /// Columns of the hidden states, and of the vectors.
    public let inputSize: Int
    private let attention: AttentionPooling?

    /// - Parameters:
    ///   - inputSize: of all directions, such as `RecurrentStack.outputSize`.
    ///   - attentionSize: width of the attention's hidden layer; nil means inputSize.
    ///   - prefix: of the names of the attention's parameters; other kinds have none.
    public init(
        _ kind: PoolingKind, inputSize: Int, attentionSize: Int? = nil,
        prefix: String = "pooling.", in block: ParameterBlock
    ) {
        self.kind = kind
        self.inputSize = inputSize
        attention =
            kind == .attention
            ? AttentionPooling(
                inputSize: inputSize, size: attentionSize ?? inputSize, prefix: prefix, in: block)
            : nil
    }

    /// - Parameters:
    ///   - pass: of the top layer over the batch.
    ///   - batch: of the direction in which that layer, or its first direction, ran.
    public func callAsFunction(
        _ pass: RecurrentPass, _ batch: PackedBatch, _ tape: Tape
    ) -> PooledSequences {
        let states = pass.output
        precondition(states.rows == batch.rows && states.columns == inputSize, "shape of the input")
        switch kind {
        case .last: return PooledSequences(output: tape.concatenated(pass.finals.map(\.hidden)))
        case .mean: return PooledSequences(output: mean(states, batch, tape))
        case .max: return PooledSequences(output: max(states, batch, tape))
        case .attention: return attention!(states, batch, tape)
        }
    }

    private func mean(_ states: Tensor, _ batch: PackedBatch, _ tape: Tape) -> Tensor {
        let context = tape.context, width = inputSize
        let output = tape.tensor(rows: batch.sequences, columns: width)
        sn_mean_pool_forward(context.pointer, output.values, states.values, batch.pointer, width)
        tape.record {
            sn_mean_pool_backward(
                context.pointer, states.gradient, output.gradient, batch.pointer, width)
        }
        return output
    }

    private func max(_ states: Tensor, _ batch: PackedBatch, _ tape: Tape) -> Tensor {
        let context = tape.context, width = inputSize
        let output = tape.tensor(rows: batch.sequences, columns: width)
        let winners = tape.workspace.integers(output.count)
        sn_max_pool_forward(
            context.pointer, output.values, winners, states.values, batch.pointer, width)
        tape.record {
            sn_max_pool_backward(
                context.pointer, states.gradient, output.gradient, winners, batch.pointer, width)
        }
        return output
    }
}
