import CKernels
import Testing

/// Runs the kernels of a conditional random field on a problem, in float32.
struct CRFKernel {
    let set: InstructionSet
    var threads = 1

    /// The loss and its gradients, which are added to `start`; without `gradients` the losses
    /// alone. Marginals are a call of their own.
    func loss(
        _ problem: CRFProblem, gradients: Bool = true, start: Float = 0
    ) -> CRFProblem.Result<Float> {
        let tags = problem.tags
        let losses = AlignedFloats(count: problem.lengths.count)
        let emissions = AlignedFloats(count: problem.rows * tags, filledWith: start)
        let transitions = AlignedFloats(count: tags * tags, filledWith: start)
        let starts = AlignedFloats(count: tags, filledWith: start)
        let ends = AlignedFloats(count: tags, filledWith: start)
        var sums = sn_crf_gradients(
            emissions: emissions.pointer, transitions: transitions.pointer, start: starts.pointer,
            end: ends.pointer, scale: Float(problem.scale))
        run(problem) { context, values, field, workspace, batch in
            withUnsafePointer(to: &sums) {
                sn_crf_loss(
                    context, losses.pointer, gradients ? $0 : nil, values, problem.targets, field,
                    workspace, batch)
            }
        }
        return .init(
            losses: losses.values, marginals: [], emissions: emissions.values,
            transitions: transitions.values, start: starts.values, end: ends.values)
    }

    func marginals(_ problem: CRFProblem) -> [Float] {
        let marginals = AlignedFloats(count: problem.rows * problem.tags)
        run(problem) { context, values, field, workspace, batch in
            sn_crf_marginals(context, marginals.pointer, values, field, workspace, batch)
        }
        return marginals.values
    }

    func decoding(_ problem: CRFProblem) -> (tags: [Int32], scores: [Float]) {
        var tags = [Int32](repeating: -1, count: problem.rows)
        let scores = AlignedFloats(count: problem.lengths.count)
        run(problem) { context, values, field, workspace, batch in
            sn_crf_decode(context, &tags, scores.pointer, values, field, workspace, batch)
        }
        return (tags, scores.values)
    }

    private func run(
        _ problem: CRFProblem,
        _ body: (
            UnsafePointer<sn_context>, UnsafePointer<Float>, UnsafePointer<sn_crf>,
            UnsafeMutablePointer<Float>, UnsafePointer<sn_batch>
        ) -> Void
    ) {
        var context = set.context(threads: threads)
        let emissions = AlignedFloats(problem.emissions.map(Float.init))
        let transitions = AlignedFloats(problem.transitions.map(Float.init))
        let start = AlignedFloats(problem.start.map(Float.init))
        let end = AlignedFloats(problem.end.map(Float.init))
        let allowed = problem.allowed
        let forbids = (allowed.transitions + allowed.starts + allowed.ends).contains(0)
        problem.layout.withBatch { batch in
            let workspace = AlignedFloats(count: sn_crf_floats(&context, problem.tags, batch))
            allowed.transitions.withUnsafeBufferPointer { transitionMask in
                allowed.starts.withUnsafeBufferPointer { startMask in
                    allowed.ends.withUnsafeBufferPointer { endMask in
                        var field = sn_crf(
                            tags: problem.tags, transitions: transitions.pointer,
                            start: start.pointer, end: end.pointer,
                            allowed_transitions: forbids ? transitionMask.baseAddress : nil,
                            allowed_starts: forbids ? startMask.baseAddress : nil,
                            allowed_ends: forbids ? endMask.baseAddress : nil)
                        body(&context, emissions.pointer, &field, workspace.pointer, batch)
                    }
                }
            }
        }
    }
}
