import CKernels
import Testing

/// What the kernels make of a pooling problem; gradients are added to `start`.
struct PoolingRun {
    var y: [Float]
    var weights: [Float]
    var winners: [Int32]
    var dx: [Float]
    var dkeys: [Float]
    var dscores: [Float]

    init(_ problem: PoolingProblem, _ set: InstructionSet, threads: Int = 1, start: Float = 0) {
        var context = set.context(threads: threads)
        let width = problem.width, rows = problem.layout.rows, keySize = problem.keySize
        let x = AlignedFloats(problem.x.map(Float.init))
        let keys = AlignedFloats(problem.keys.map(Float.init))
        let query = AlignedFloats(problem.query.map(Float.init))
        let dy = AlignedFloats(problem.dy.map(Float.init))
        let y = AlignedFloats(count: dy.count), weights = AlignedFloats(count: rows)
        let dx = AlignedFloats(count: x.count, filledWith: start)
        let dkeys = AlignedFloats(count: keys.count, filledWith: start)
        let dscores = AlignedFloats(count: rows)
        var winners = [Int32](repeating: -1, count: dy.count)
        problem.layout.withBatch { batch in
            switch problem.kind {
            case .mean:
                sn_mean_pool_forward(&context, y.pointer, x.pointer, batch, width)
                sn_mean_pool_backward(&context, dx.pointer, dy.pointer, batch, width)
            case .max:
                sn_max_pool_forward(&context, y.pointer, &winners, x.pointer, batch, width)
                sn_max_pool_backward(&context, dx.pointer, dy.pointer, winners, batch, width)
            case .attention:
                sn_attention_pool_forward(
                    &context, y.pointer, weights.pointer, x.pointer, keys.pointer, query.pointer,
                    batch, width, keySize)
                sn_attention_pool_backward(
                    &context, dx.pointer, dkeys.pointer, dscores.pointer, dy.pointer,
                    weights.pointer, x.pointer, query.pointer, batch, width, keySize)
            }
        }
        self.y = y.values
        self.weights = weights.values
        self.winners = winners
        self.dx = dx.values
        self.dkeys = dkeys.values
        self.dscores = dscores.values
    }
}
