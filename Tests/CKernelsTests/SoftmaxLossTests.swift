import CKernels
import Foundation
import TestSupport
import Testing

@Suite struct SoftmaxLossTests {
    /// What the kernel makes of a problem; the gradients are added to `start`.
    struct Result {
        var losses: [Float]
        var dh: [Float]
        var dw: [Float]
        var db: [Float]
    }

    private func run(
        _ problem: SoftmaxProblem, _ set: InstructionSet, threads: Int = 1,
        gradients: Bool = true, start: Float = 0, weightIsEmpty: Bool = false
    ) -> Result {
        var context = set.context(threads: threads)
        let rows = problem.rows
        let size = problem.hiddenSize
        let vocabulary = problem.vocabulary
        let h = AlignedFloats(problem.h.map(Float.init))
        let w = AlignedFloats(problem.w.map(Float.init))
        let b = problem.b.map { AlignedFloats($0.map(Float.init)) }
        let losses = AlignedFloats(count: rows)
        let dh = AlignedFloats(count: rows * size, filledWith: start)
        let dw = AlignedFloats(count: vocabulary * size, filledWith: start)
        let db = AlignedFloats(count: vocabulary, filledWith: start)
        let workspace = AlignedFloats(
            count: sn_softmax_floats(&context, rows, size, vocabulary, gradients))
        sn_softmax_loss(
            &context, losses.pointer, gradients ? dh.pointer : nil, gradients ? dw.pointer : nil,
            gradients && b != nil ? db.pointer : nil, h.pointer, w.pointer, b?.pointer,
            problem.targets, problem.weights?.map(Float.init), Float(problem.scale), weightIsEmpty,
            workspace.pointer, rows, size, vocabulary)
        return Result(losses: losses.values, dh: dh.values, dw: dw.values, db: db.values)
    }

    @Test(arguments: InstructionSet.available)
    func equalsTheOracle(set: InstructionSet) {
        let sizes = set.sizes
        for (index, vocabulary) in (sizes + [131, 1009]).enumerated() {
            for shift in 0..<3 {
                let size = sizes[(index + 3 * shift) % sizes.count]
                let rows = [1, 2, 7, 13, 33][(index + shift) % 5]
                let problem = SoftmaxProblem(
                    rows: rows, hiddenSize: size, vocabulary: vocabulary, seed: 1)
                let expected = problem.reference()
                let actual = run(problem, set, threads: 2)
                let what = "rows \(rows), hidden \(size), vocabulary \(vocabulary)"
                // One word alone has a loss of zero: the scale is that of the logits.
                let scale = [Double](repeating: logitScale(problem), count: rows)
                expectWithin(
                    actual.losses, expected.losses, bound: 1e-6, scale: scale, "losses, \(what)")
                guard vocabulary > 1 else { continue }
                expectClose(actual.dh, expected.dh, within: 3e-6, "dh, \(what)")
                expectClose(actual.dw, expected.dw, within: 3e-6, "dw, \(what)")
                expectClose(actual.db, expected.db, within: 3e-6, "db, \(what)")
            }
        }
    }

    /// The largest sum of absolute products of a logit, which its error grows with.
    private func logitScale(_ problem: SoftmaxProblem) -> Double {
        let size = problem.hiddenSize
        let rows = (0..<problem.rows).map { norm(Array(problem.h[$0 * size..<($0 + 1) * size])) }
        let words = (0..<problem.vocabulary).map {
            norm(Array(problem.w[$0 * size..<($0 + 1) * size]))
        }
        return 1 + rows.max()! * words.max()!
    }

    /// More rows than the kernel holds logits of at once.
    @Test(arguments: InstructionSet.available)
    func manyRowsGoInBlocks(set: InstructionSet) {
        let problem = SoftmaxProblem(rows: 2500, hiddenSize: 3, vocabulary: 5, seed: 2)
        let expected = problem.reference()
        let actual = run(problem, set, threads: 2)
        expectClose(actual.losses, expected.losses, within: 1e-6, "losses")
        expectClose(actual.dh, expected.dh, within: 1e-6, "dh")
        expectClose(actual.dw, expected.dw, within: 3e-6, "dw")
        expectClose(actual.db, expected.db, within: 3e-6, "db")
    }

    /// A vocabulary of more chunks of words than the gradient of h has sums, whose rows go in
    /// several blocks: 13·2^20 floats over 60,000 words hold 200 rows.
    @Test(arguments: InstructionSet.available, [(5, 2500), (230, 60_000)])
    func manyWordsGoInChunks(set: InstructionSet, shape: (rows: Int, vocabulary: Int)) {
        let problem = SoftmaxProblem(
            rows: shape.rows, hiddenSize: 3, vocabulary: shape.vocabulary, seed: 9)
        let expected = problem.reference()
        let actual = run(problem, set, threads: 2)
        expectClose(actual.losses, expected.losses, within: 1e-6, "losses")
        expectClose(actual.dh, expected.dh, within: 3e-6, "dh")
        expectClose(actual.dw, expected.dw, within: 3e-6, "dw")
        expectClose(actual.db, expected.db, within: 3e-6, "db")
        expectSameBits(
            run(problem, set, threads: 3, gradients: false).losses, actual.losses, "losses alone")
    }

    @Test(arguments: InstructionSet.available)
    func gradientsAreAddedToWhatIsThere(set: InstructionSet) {
        let problem = SoftmaxProblem(rows: 5, hiddenSize: 7, vocabulary: 19, seed: 3)
        let expected = problem.reference()
        let actual = run(problem, set, start: 1)
        expectClose(actual.dh, expected.dh.map { $0 + 1 }, within: 1e-6, "dh")
        expectClose(actual.dw, expected.dw.map { $0 + 1 }, within: 1e-6, "dw")
        expectClose(actual.db, expected.db.map { $0 + 1 }, within: 1e-6, "db")
    }

    @Test(arguments: InstructionSet.available)
    func theGradientOfAnEmptyWeightIsWritten(set: InstructionSet) {
        for (rows, vocabulary) in [(5, 19), (2500, 5)] {
            let problem = SoftmaxProblem(rows: rows, hiddenSize: 7, vocabulary: vocabulary, seed: 3)
            let written = run(problem, set, threads: 2, start: .nan, weightIsEmpty: true)
            expectSameBits(written.dw, run(problem, set, threads: 2).dw, "dw, \(rows) rows")
            #expect(written.db.allSatisfy { $0.isNaN }, "others are added to what is there")
        }
    }

    @Test(arguments: InstructionSet.available)
    func withoutABiasTheLogitsStartAtZero(set: InstructionSet) {
        var problem = SoftmaxProblem(rows: 5, hiddenSize: 7, vocabulary: 19, seed: 4)
        problem.b = nil
        let expected = problem.reference()
        let actual = run(problem, set)
        expectClose(actual.losses, expected.losses, within: 1e-6, "losses")
        expectClose(actual.dh, expected.dh, within: 1e-6, "dh")
        #expect(actual.db.allSatisfy { $0 == 0 })
    }

    @Test(arguments: InstructionSet.available)
    func lossesAloneAreTheSameBits(set: InstructionSet) {
        let problem = SoftmaxProblem(rows: 33, hiddenSize: 17, vocabulary: 131, seed: 5)
        expectSameBits(
            run(problem, set, gradients: false).losses, run(problem, set).losses, "losses")
    }

    @Test(arguments: InstructionSet.available)
    func aRowAloneEqualsTheRowInABatch(set: InstructionSet) {
        let problem = SoftmaxProblem(rows: 21, hiddenSize: 17, vocabulary: 131, seed: 6)
        let together = run(problem, set)
        for row in 0..<problem.rows {
            var alone = problem
            let part = (row * 17)..<((row + 1) * 17)
            alone.h = Array(problem.h[part])
            alone.targets = [problem.targets[row]]
            let result = run(alone, set)
            expectSameBits(result.losses, [together.losses[row]], "loss of row \(row)")
            expectSameBits(result.dh, Array(together.dh[part]), "dh of row \(row)")
        }
    }

    /// More threads than sums of the gradient of h, than chunks, than panels of rows.
    @Test(
        arguments: InstructionSet.available, [(257, 131), (3, 4001), (1100, 67), (150, 300), (1, 1)])
    func threadsGiveTheSameBits(set: InstructionSet, shape: (rows: Int, vocabulary: Int)) {
        let problem = SoftmaxProblem(
            rows: shape.rows, hiddenSize: 67, vocabulary: shape.vocabulary, seed: 7)
        let expected = run(problem, set)
        for threads in [2, 3, 8, 19] {
            let actual = run(problem, set, threads: threads)
            let losses = run(problem, set, threads: threads, gradients: false).losses
            expectSameBits(losses, expected.losses, "losses alone, \(threads) threads")
            expectSameBits(actual.losses, expected.losses, "losses, \(threads) threads")
            expectSameBits(actual.dh, expected.dh, "dh, \(threads) threads")
            expectSameBits(actual.dw, expected.dw, "dw, \(threads) threads")
            expectSameBits(actual.db, expected.db, "db, \(threads) threads")
        }
    }

    /// More rows than a block, and numbers of rows that are no multiple of a vector.
    @Test(arguments: InstructionSet.available, [(1, 19), (33, 131), (2500, 5)])
    func weightsMultiplyTheLossesOfTheirRows(
        set: InstructionSet, shape: (rows: Int, vocabulary: Int)
    ) {
        var problem = SoftmaxProblem(
            rows: shape.rows, hiddenSize: 7, vocabulary: shape.vocabulary, seed: 10)
        var random = SeededRandom(11)
        problem.weights = random.floats(shape.rows).map { Double(2 + $0) }
        let expected = problem.reference(), actual = run(problem, set, threads: 2)
        expectClose(actual.losses, expected.losses, within: 1e-6, "losses")
        expectClose(actual.dh, expected.dh, within: 3e-6, "dh")
        expectClose(actual.dw, expected.dw, within: 3e-6, "dw")
        expectClose(actual.db, expected.db, within: 3e-6, "db")
        expectSameBits(run(problem, set, gradients: false).losses, actual.losses, "losses alone")
    }

    @Test(arguments: InstructionSet.available)
    func aRowWithoutWeightGivesNothing(set: InstructionSet) {
        var problem = SoftmaxProblem(rows: 3, hiddenSize: 7, vocabulary: 19, seed: 12)
        problem.weights = [1, 0, 1]
        let result = run(problem, set)
        #expect(result.losses.map { $0 == 0 } == [false, true, false])
        #expect(result.dh[7..<14].allSatisfy { $0 == 0 })
        var others = problem
        others.h.removeSubrange(7..<14)
        others.targets.remove(at: 1)
        others.weights = nil
        expectSameBits(result.dw, run(others, set).dw, "dw of the other rows")
    }

    @Test(arguments: InstructionSet.available)
    func weightsOfOneChangeNoBit(set: InstructionSet) {
        var problem = SoftmaxProblem(rows: 21, hiddenSize: 17, vocabulary: 131, seed: 13)
        let without = run(problem, set)
        problem.weights = [Double](repeating: 1, count: 21)
        let with = run(problem, set)
        expectSameBits(with.losses, without.losses, "losses")
        expectSameBits(with.dh, without.dh, "dh")
        expectSameBits(with.dw, without.dw, "dw")
        expectSameBits(with.db, without.db, "db")
    }

    @Test(arguments: InstructionSet.available)
    func largeLogitsStayFinite(set: InstructionSet) {
        let problem = SoftmaxProblem(
            h: [1000], w: [1, -1, 0.5], b: nil, targets: [1], hiddenSize: 1, scale: 1)
        let result = run(problem, set)
        #expect(result.losses == [2000])
        #expect(result.dw == [1000, -1000, 0])
    }

    @Test(arguments: InstructionSet.available, [0, 5, 18])
    func nanOfARowIsTheLossOfThatRow(set: InstructionSet, column: Int) {
        var problem = SoftmaxProblem(rows: 3, hiddenSize: 2, vocabulary: 19, seed: 8)
        problem.h[2] = .nan
        #expect(run(problem, set).losses.map(\.isNaN) == [false, true, false])
        problem.h[2] = 0
        problem.b![column] = .nan
        #expect(run(problem, set).losses.allSatisfy { $0.isNaN })
    }
}
