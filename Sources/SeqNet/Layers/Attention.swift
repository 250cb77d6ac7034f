import CKernels

/// Attention of a decoder's states h over an encoder's states s: the softmax, over the steps of
/// the source, of a score of h and s weighs the mean of the states.
///
/// Parameters: `key.weight [width, memorySize]` (W) of general and additive scores, where width is
/// the queries' size; `query.weight [width, querySize]` (V), `query.bias [width]` (b) and
/// `score [width]` (w) of additive ones.
public final class Attention: Sendable {
    public let kind: AttentionKind
    public let querySize: Int
    public let memorySize: Int

    private let keyProjection: Linear?
    private let queryProjection: Linear?
    private let score: Parameter?

    /// - Parameters:
    ///   - kind: any but `none`; `dot` needs equal sizes.
    ///   - querySize: columns of the decoder's states.
    ///   - memorySize: columns of the encoder's states.
    ///   - prefix: of the parameters' names, such as `attention.`.
    public init(
        _ kind: AttentionKind, querySize: Int, memorySize: Int, prefix: String = "",
        in block: ParameterBlock
    ) {
        precondition(kind != .none, "no attention is no layer")
        precondition(kind != .dot || querySize == memorySize, "h·s needs equal sizes")
        self.kind = kind
        self.querySize = querySize
        self.memorySize = memorySize
        keyProjection =
            kind == .dot
            ? nil
            : Linear(
                inputSize: memorySize, outputSize: querySize, hasBias: false,
                prefix: "\(prefix)key.", in: block)
        guard kind == .additive else {
            queryProjection = nil
            score = nil
            return
        }
        queryProjection = Linear(
            inputSize: querySize, outputSize: querySize, prefix: "\(prefix)query.", in: block)
        score = block.add(
            "\(prefix)score", [querySize], .uniform(bound: 1 / Float(querySize).squareRoot()))
    }

    /// Makes the encoder's states ready to be looked at, once for all steps.
    ///
    /// - Parameter states: [rows of the keys, memorySize].
    public func memory(_ states: Tensor, _ tape: Tape) -> AttentionMemory {
        precondition(states.columns == memorySize, "shape of the states")
        return AttentionMemory(states: states, keys: keyProjection?(states, tape) ?? states)
    }

    /// The context of each query row, and the weights it is made with.
    ///
    /// - Parameter queries: [rows of the queries, querySize]: a whole sequence of decoder states, or
    ///   one step; the bits are the same.
    public func callAsFunction(
        _ queries: Tensor, over memory: AttentionMemory, _ layout: AttentionLayout, _ tape: Tape
    ) -> AttentionPass {
        precondition(
            queries.rows == layout.queries.rows && queries.columns == querySize,
            "shape of the queries")
        precondition(memory.states.rows == layout.keys.rows, "a state for each row of the keys")
        let q = queryProjection?(queries, tape) ?? queries
        let context = tape.tensor(rows: q.rows, columns: memorySize)
        let weights = tape.workspace.floats(layout.weightCount)
        var run = sn_attention_run(
            layout: layout.pointer, width: querySize, value_width: memorySize, q: q.values,
            k: memory.keys.values, v: memory.states.values, w: score?.values, y: context.values,
            p: weights)
        sn_attention_forward(tape.context.pointer, &run)
        tape.record { [self] in
            withExtendedLifetime(layout) {
                backward(run, q, memory, dy: context.gradient!, tape)
            }
        }
        return AttentionPass(context: context, weights: weights, layout: layout)
    }

    private func backward(
        _ run: sn_attention_run, _ q: Tensor, _ memory: AttentionMemory,
        dy: UnsafeMutablePointer<Float>, _ tape: Tape
    ) {
        var run = run
        var gradients = sn_attention_gradients(
            dq: q.gradient, dk: memory.keys.gradient, dv: memory.states.gradient,
            dw: score.map { tape.gradient(of: $0) }, dy: dy,
            workspace: tape.workspace.floats(sn_attention_floats(run.layout, querySize)))
        sn_attention_backward(tape.context.pointer, &run, &gradients)
    }
}
