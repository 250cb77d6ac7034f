import CKernels

/// Additive self-attention pooling (Yang et al. 2016, Hierarchical Attention Networks): the sum of
/// the states h of a sequence, weighted by the softmax over its steps of v·tanh(W·h + b).
///
/// Parameters: `projection.weight [size, inputSize]` (W), `projection.bias [size]` (b) and
/// `query [size]` (v), uniform in ±1/√inputSize and ±1/√size at first.
final class AttentionPooling: Sendable {
    private let projection: Linear
    private let query: Parameter

    init(inputSize: Int, size: Int, prefix: String, in block: ParameterBlock) {
        precondition(size > 0, "sizes are at least 1")
        projection = Linear(
            inputSize: inputSize, outputSize: size, prefix: "\(prefix)projection.", in: block)
        query = block.add("\(prefix)query", [size], .uniform(bound: 1 / Float(size).squareRoot()))
    }

    /// - Parameter states: [rows of the batch, inputSize].
    func callAsFunction(_ states: Tensor, _ batch: PackedBatch, _ tape: Tape) -> PooledSequences {
        let keys = tape.tanh(projection(states, tape))
        let output = tape.tensor(rows: batch.sequences, columns: states.columns)
        let weights = tape.workspace.floats(batch.rows)
        sn_attention_pool_forward(
            tape.context.pointer, output.values, weights, states.values, keys.values, query.values,
            batch.pointer, states.columns, keys.columns)
        tape.record { [self] in
            backward(states, keys, output, weights, batch, tape)
        }
        return PooledSequences(
            output: output, weights: UnsafeBufferPointer(start: weights, count: batch.rows))
    }

    private func backward(
        _ states: Tensor, _ keys: Tensor, _ output: Tensor, _ weights: UnsafePointer<Float>,
        _ batch: PackedBatch, _ tape: Tape
    ) {
        let context = tape.context.pointer, size = keys.columns
        let scores = tape.workspace.floats(batch.rows)
        sn_attention_pool_backward(
            context, states.gradient, keys.gradient, scores, output.gradient, weights,
            states.values, query.values, batch.pointer, states.columns, size)
        let k = sn_rows(base: keys.values, stride: size, table: nil)
        let workspace = tape.workspace.floats(sn_gemm_tn_floats(context, size, batch.rows))
        sn_gemm_tn(
            context, tape.gradient(of: query), size, scores, 1, k, workspace, 1, size, batch.rows)
    }
}
