import CKernels
import TestSupport
import Testing

@Suite struct AttentionTests {
    struct Result {
        var y: [Float]
        var p: [Float]
        var dq: [Float]
        var dk: [Float]
        var dv: [Float]
        var dw: [Float]

        var all: [(name: String, values: [Float])] {
            [("y", y), ("p", p), ("dq", dq), ("dk", dk), ("dv", dv), ("dw", dw)]
        }
    }

    /// What the kernels make of a problem; the gradients are added to `start`.
    private func run(
        _ problem: AttentionProblem, _ set: InstructionSet, threads: Int = 1, start: Float = 0
    ) -> Result {
        var context = set.context(threads: threads)
        let (q, k, v) = (floats(problem.q), floats(problem.k), floats(problem.v))
        let w = floats(problem.w), dy = floats(problem.dy)
        let y = AlignedFloats(count: problem.dy.count)
        let p = AlignedFloats(count: problem.firstWeights.last!)
        let (dq, dk, dv) = (
            AlignedFloats(count: q.count, filledWith: start),
            AlignedFloats(count: k.count, filledWith: start),
            AlignedFloats(count: v.count, filledWith: start)
        )
        let dw = AlignedFloats(count: w.count, filledWith: start)
        problem.withLayout { layout in
            let workspace = AlignedFloats(count: sn_attention_floats(layout, problem.width))
            var run = sn_attention_run(
                layout: layout, width: problem.width, value_width: problem.valueWidth,
                q: q.pointer, k: k.pointer, v: v.pointer, w: problem.isAdditive ? w.pointer : nil,
                y: y.pointer, p: p.pointer)
            sn_attention_forward(&context, &run)
            var gradients = sn_attention_gradients(
                dq: dq.pointer, dk: dk.pointer, dv: dv.pointer, dw: dw.pointer, dy: dy.pointer,
                workspace: workspace.pointer)
            if Set(problem.sources).count == problem.sources.count {
                sn_attention_backward(&context, &run, &gradients)
            }
        }
        return Result(
            y: y.values, p: p.values, dq: dq.values, dk: dk.values, dv: dv.values, dw: dw.values)
    }

    private func floats(_ values: [Double]) -> AlignedFloats { AlignedFloats(values.map(Float.init)) }

    /// Sources in another order than the queries, some longer than a block of 64 rows.
    private static let lengths: [(queries: [Int], keys: [Int])] = [
        ([1], [1]), ([5, 3, 3, 1], [7, 4, 2, 1]), ([67, 2], [131, 64]), ([3, 2, 1], [2, 2, 2]),
    ]

    private func problem(
        _ index: Int, width: Int, valueWidth: Int, isAdditive: Bool, seed: UInt64 = 1
    ) -> AttentionProblem {
        let lengths = Self.lengths[index % Self.lengths.count]
        return AttentionProblem(
            queryLengths: lengths.queries, keyLengths: lengths.keys, width: width,
            valueWidth: valueWidth, isAdditive: isAdditive, seed: seed)
    }

    @Test(arguments: [false, true])
    func theOraclesGradientsAreThoseOfDifferences(isAdditive: Bool) {
        for index in [0, 1, 3] {
            let problem = problem(index, width: 3, valueWidth: 5, isAdditive: isAdditive)
            let gradients = problem.referenceGradients()
            func check(
                _ parameter: WritableKeyPath<AttentionProblem, [Double]>, _ gradient: [Double],
                _ what: String
            ) {
                let differences = problem.centralDifferences(of: parameter)
                let difference = norm(zip(gradient, differences).map { $0 - $1 })
                #expect(difference <= 1e-8 * (1 + norm(differences)), "\(what), lengths \(index)")
            }
            check(\.q, gradients.dq, "dq")
            check(\.k, gradients.dk, "dk")
            check(\.v, gradients.dv, "dv")
            if isAdditive { check(\.w, gradients.dw, "dw") }
        }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func equalsTheOracle(set: InstructionSet, isAdditive: Bool) {
        let sizes = set.sizes
        for (index, width) in sizes.enumerated() {
            let valueWidth = sizes[(index + 3) % sizes.count]
            let problem = problem(
                index, width: width, valueWidth: valueWidth, isAdditive: isAdditive)
            let expected = problem.reference(), gradients = problem.referenceGradients()
            let actual = run(problem, set, threads: 2)
            let what = "lengths \(index % Self.lengths.count), width \(width), values \(valueWidth)"
            expectClose(actual.y, expected.y, within: 2e-6, "y, \(what)")
            expectClose(actual.p, expected.p, within: 2e-6, "p, \(what)")
            expectClose(actual.dv, gradients.dv, within: 2e-6, "dv, \(what)")
            // With one key alone no score matters: what is left are roundings of dy·v.
            if problem.keyLengths == [1] { continue }
            expectClose(actual.dq, gradients.dq, within: 5e-6, "dq, \(what)")
            expectClose(actual.dk, gradients.dk, within: 5e-6, "dk, \(what)")
            if isAdditive { expectClose(actual.dw, gradients.dw, within: 5e-6, "dw, \(what)") }
        }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func gradientsAddToWhatIsThere(set: InstructionSet, isAdditive: Bool) {
        let problem = problem(1, width: 7, valueWidth: 9, isAdditive: isAdditive)
        let plain = run(problem, set), added = run(problem, set, start: 2)
        for (name, from, to) in [
            ("dq", plain.dq, added.dq), ("dk", plain.dk, added.dk), ("dv", plain.dv, added.dv),
            ("dw", plain.dw, added.dw),
        ] {
            #expect(zip(from, to).allSatisfy { abs($0 + 2 - $1) <= 4e-6 }, "\(name)")
        }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func threadsGiveTheSameBits(set: InstructionSet, isAdditive: Bool) {
        let lengths = (0..<23).map { 1 + ($0 * 11) % 37 }.sorted(by: >)
        let problem = AttentionProblem(
            queryLengths: lengths, keyLengths: lengths.map { $0 + 2 }, width: 67, valueWidth: 37,
            isAdditive: isAdditive, seed: 4)
        let expected = run(problem, set)
        for threads in [2, 3, 8, 40] {
            let actual = run(problem, set, threads: threads)
            for (own, other) in zip(actual.all, expected.all) {
                expectSameBits(own.values, other.values, "\(own.name), \(threads) threads")
            }
        }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func aStepAloneEqualsTheStepInASequence(set: InstructionSet, isAdditive: Bool) {
        for index in [1, 2] {
            let problem = problem(index, width: 19, valueWidth: 21, isAdditive: isAdditive)
            let together = run(problem, set)
            var y: [Float] = [], p: [Float] = []
            for step in 0..<problem.queryLengths[0] {
                let alone = run(problem.step(step), set)
                y += alone.y
                p += alone.p
            }
            expectSameBits(y, together.y, "y, lengths \(index)")
            expectSameBits(p, together.p, "p, lengths \(index)")
        }
    }

    @Test(arguments: InstructionSet.available, [false, true])
    func aSequenceAloneEqualsTheSequenceInABatch(set: InstructionSet, isAdditive: Bool) {
        let problem = problem(1, width: 19, valueWidth: 21, isAdditive: isAdditive)
        let together = run(problem, set)
        for sequence in problem.queryLengths.indices {
            let alone = run(problem.sequence(sequence), set)
            let rows = problem.queries.indices.filter { problem.queries[$0].sequence == sequence }
            let keys = problem.keys.indices.filter {
                problem.keys[$0].sequence == problem.sources[sequence]
            }
            let what = "sequence \(sequence)"
            expectSameBits(alone.y, gathered(together.y, 21, rows), "y, \(what)")
            expectSameBits(alone.dq, gathered(together.dq, 19, rows), "dq, \(what)")
            expectSameBits(alone.dk, gathered(together.dk, 19, keys), "dk, \(what)")
            expectSameBits(alone.dv, gathered(together.dv, 21, keys), "dv, \(what)")
        }
    }

    private func gathered(_ x: [Float], _ width: Int, _ rows: [Int]) -> [Float] {
        rows.flatMap { x[$0 * width..<($0 + 1) * width] }
    }

    /// As the hypotheses of a beam do.
    @Test(arguments: InstructionSet.available, [false, true])
    func severalSequencesMayLookAtOneSource(set: InstructionSet, isAdditive: Bool) {
        let problem = AttentionProblem(
            queryLengths: [1, 1, 1, 1], keyLengths: [5, 3], sources: [1, 0, 1, 1], width: 9,
            valueWidth: 11, isAdditive: isAdditive, seed: 6)
        let expected = problem.reference(), actual = run(problem, set, threads: 2)
        expectClose(actual.y, expected.y, within: 2e-6, "y")
        expectClose(actual.p, expected.p, within: 2e-6, "p")
    }

    @Test(arguments: InstructionSet.available)
    func greatScoresStayFiniteAndNaNStaysInItsRow(set: InstructionSet) {
        var problem = AttentionProblem(
            queryLengths: [2, 1], keyLengths: [3, 2], width: 1, valueWidth: 1, isAdditive: false,
            seed: 7)
        problem.q = [1000, -1000, 1]
        problem.k = [1, 2, 3, 4, 5]
        problem.sources = [0, 1]
        let y = run(problem, set).y
        #expect(y[..<2] == [Float(problem.v[4]), Float(problem.v[1])])
        #expect(y[2].isFinite)
        problem.q[1] = .nan
        #expect(run(problem, set).y.map(\.isNaN) == [false, true, false])
    }
}
