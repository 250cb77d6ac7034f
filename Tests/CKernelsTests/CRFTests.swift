import CKernels
import TestSupport
import Testing

@Suite struct CRFTests {
    static let tagCounts = [1, 2, 7, 16, 17, 33, 50]
    /// One sequence, length 1, ragged, and more sequences than shards.
    static let batches = [
        [1], [6], [1, 1, 1], [9, 6, 6, 3, 1], Array((1...37).reversed()).map { ($0 + 3) / 4 },
    ]

    private func expectClose(
        _ actual: CRFProblem.Result<Float>, _ expected: CRFProblem.Result<Double>,
        within bound: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        func check(_ actual: [Float], _ expected: [Double], _ name: String) {
            TestSupport.expectClose(
                actual, expected, within: bound, "\(name), \(what)", sourceLocation: sourceLocation)
        }
        check(actual.emissions, expected.emissions, "demissions")
        check(actual.transitions, expected.transitions, "dtransitions")
        check(actual.start, expected.start, "dstart")
        check(actual.end, expected.end, "dend")
    }

    /// What the rounding of a loss grows with: the steps of its sequence, each of some 10 nats.
    private func scale(_ problem: CRFProblem) -> [Double] {
        problem.lengths.map { 10 * Double($0) }
    }

    @Test(arguments: InstructionSet.available, tagCounts)
    func lossEqualsTheOracle(set: InstructionSet, tags: Int) {
        for (index, lengths) in Self.batches.enumerated() {
            for forbids in [false, true] {
                let problem = CRFProblem(
                    tags: tags, lengths: lengths, forbids: forbids, seed: UInt64(index))
                let expected = problem.reference()
                let actual = CRFKernel(set: set, threads: 2).loss(problem)
                let what = "\(tags) tags, lengths \(lengths)"
                expectWithin(
                    actual.losses, expected.losses, bound: 1e-7, scale: scale(problem),
                    "losses, \(what)")
                if tags > 1 {
                    expectClose(actual, expected, within: 2e-6, what)
                } else {
                    #expect((actual.emissions + actual.transitions).allSatisfy { $0 == 0 })
                }
            }
        }
    }

    @Test(arguments: InstructionSet.available, tagCounts)
    func marginalsEqualTheOracle(set: InstructionSet, tags: Int) {
        for (index, lengths) in Self.batches.enumerated() {
            let problem = CRFProblem(tags: tags, lengths: lengths, seed: UInt64(index))
            let actual = CRFKernel(set: set, threads: 2).marginals(problem)
            TestSupport.expectClose(
                actual, problem.reference().marginals, within: 2e-6,
                "\(tags) tags, lengths \(lengths)")
            #expect(actual.allSatisfy { $0 >= 0 && $0 <= 1 })
        }
    }

    /// Scores are multiples of 1/8: the sums are exact, and ties are ties.
    @Test(arguments: InstructionSet.available, tagCounts)
    func decodingEqualsTheOracle(set: InstructionSet, tags: Int) {
        for (index, lengths) in Self.batches.enumerated() {
            let problem = CRFProblem(tags: tags, lengths: lengths, seed: UInt64(index))
            let expected = problem.referenceDecoding()
            let actual = CRFKernel(set: set, threads: 2).decoding(problem)
            #expect(actual.tags == expected.tags, "\(tags) tags, lengths \(lengths)")
            #expect(actual.scores.map(Double.init) == expected.scores)
        }
    }

    @Test(arguments: InstructionSet.available)
    func tiesGoToTheLowerTag(set: InstructionSet) {
        var problem = CRFProblem(tags: 37, lengths: [5, 2], forbids: false, seed: 1)
        problem.emissions = problem.emissions.map { _ in 0 }
        problem.transitions = problem.transitions.map { _ in 0 }
        problem.start = problem.start.map { _ in 0 }
        problem.end = problem.end.map { _ in 0 }
        #expect(CRFKernel(set: set).decoding(problem).tags == [0, 0, 0, 0, 0, 0, 0])
        problem.end[20] = 1
        problem.end[30] = 1
        #expect(CRFKernel(set: set).decoding(problem).tags == [0, 0, 0, 20, 0, 0, 20])
    }

    @Test(arguments: InstructionSet.available)
    func equalsPyTorch(set: InstructionSet) throws {
        let golden = try GoldenFile.read("crf", as: GoldenCRF.self)
        let problem = CRFProblem(golden)
        let actual = CRFKernel(set: set).loss(problem)
        let names = ["emissions", "transitions", "start", "end"]
        TestSupport.expectClose(actual.losses, golden.losses.values, within: 3e-7, "losses")
        let gradients = [actual.emissions, actual.transitions, actual.start, actual.end]
        for (name, gradient) in zip(names, gradients) {
            TestSupport.expectClose(
                gradient, golden.gradients[name]!.values, within: 1e-6, "d\(name)")
        }
        let marginals = CRFKernel(set: set).marginals(problem)
        TestSupport.expectClose(marginals, golden.marginals.values, within: 1e-6, "marginals")
        #expect(CRFKernel(set: set).decoding(problem).tags == golden.best)
    }

    @Test(arguments: InstructionSet.available)
    func gradientsAreAddedToWhatIsThere(set: InstructionSet) {
        let problem = CRFProblem(tags: 9, lengths: [7, 3, 2], seed: 2)
        var expected = problem.reference()
        for part in [\CRFProblem.Result<Double>.emissions, \.transitions, \.start, \.end] {
            expected[keyPath: part] = expected[keyPath: part].map { $0 + 1 }
        }
        let actual = CRFKernel(set: set).loss(problem, start: 1)
        expectClose(actual, expected, within: 1e-6, "added to 1")
    }

    @Test(arguments: InstructionSet.available, tagCounts)
    func theForbiddenHasNoProbabilityAndNoGradient(set: InstructionSet, tags: Int) {
        let problem = CRFProblem(tags: tags, lengths: [9, 6, 2, 1], seed: 3)
        let kernel = CRFKernel(set: set)
        let gradients = kernel.loss(problem)
        func isZeroWhereForbidden(_ values: [Float], _ allowed: [UInt8]) -> Bool {
            zip(values, allowed).allSatisfy { $0.1 == 1 || $0.0 == 0 }
        }
        #expect(isZeroWhereForbidden(gradients.transitions, problem.allowed.transitions))
        #expect(isZeroWhereForbidden(gradients.start, problem.allowed.starts))
        #expect(isZeroWhereForbidden(gradients.end, problem.allowed.ends))
        let marginals = kernel.marginals(problem)
        let best = kernel.decoding(problem).tags
        for rows in problem.rowsOfSequences {
            let first = Array(marginals[rows[0] * tags..<(rows[0] + 1) * tags])
            let last = Array(marginals[rows.last! * tags..<(rows.last! + 1) * tags])
            #expect(isZeroWhereForbidden(first, problem.allowed.starts))
            #expect(isZeroWhereForbidden(last, problem.allowed.ends))
            #expect(problem.allowed.starts[Int(best[rows[0]])] == 1)
            #expect(problem.allowed.ends[Int(best[rows.last!])] == 1)
            for (before, row) in zip(rows, rows.dropFirst()) {
                #expect(problem.allowed.transitions[Int(best[before]) * tags + Int(best[row])] == 1)
            }
        }
    }

    /// A tag on the only way to the target lies 1000 nats below another: nothing underflows.
    @Test(arguments: InstructionSet.available)
    func whatLiesFarBelowStillCounts(set: InstructionSet) {
        var problem = CRFProblem(tags: 3, lengths: [3], forbids: false, seed: 4)
        problem.emissions = [0, 1000, 0, 0, 0, 0, 0, 0, 0]
        problem.allowed.transitions = [1, 1, 1, 1, 0, 0, 1, 1, 1]
        problem.targets = [2, 2, 2]
        let expected = problem.reference()
        let actual = CRFKernel(set: set).loss(problem)
        TestSupport.expectClose(actual.losses, expected.losses, within: 1e-6, "loss")
        expectClose(actual, expected, within: 1e-6, "gradients")
    }

    @Test(arguments: InstructionSet.available)
    func aHundredThousandSteps(set: InstructionSet) {
        let problem = CRFProblem(tags: 5, lengths: [100_000, 3], seed: 5)
        let expected = problem.reference()
        let kernel = CRFKernel(set: set, threads: 2)
        let actual = kernel.loss(problem)
        TestSupport.expectClose(actual.losses, expected.losses, within: 1e-6, "losses")
        // The mean over all steps is right to some 5e-7, in float32.
        expectClose(actual, expected, within: 2e-5, "long")
        let marginals = kernel.marginals(problem)
        TestSupport.expectClose(marginals, expected.marginals, within: 1e-5, "marginals")
        let decoding = kernel.decoding(problem)
        let best = problem.referenceDecoding()
        #expect(decoding.tags == best.tags)
        TestSupport.expectClose(decoding.scores, best.scores, within: 1e-7, "scores")
    }

    /// Marginals go back through each step by shares that sum to 1: even where tags never meet,
    /// and nothing is forgotten, they still do.
    @Test(arguments: InstructionSet.available)
    func marginalsOfALongSequenceSumToOne(set: InstructionSet) {
        var problem = CRFProblem(tags: 3, lengths: [100_000], forbids: false, seed: 6)
        problem.allowed.transitions = [1, 0, 0, 0, 1, 0, 0, 0, 1]
        // None of the three outweighs the others.
        problem.transitions = problem.transitions.map { _ in 0 }
        problem.emissions = problem.emissions.indices.map { Double($0 * 7 % 11) / 8 }
        let first = CRFKernel(set: set).marginals(problem)[0..<3]
        #expect(first.allSatisfy { $0 > 0.01 })
        #expect(abs(first.reduce(0, +) - 1) < 1e-4)
    }

    @Test(arguments: InstructionSet.available)
    func threadsGiveTheSameBits(set: InstructionSet) {
        for lengths in Self.batches + [Array(repeating: 30, count: 50)] {
            let problem = CRFProblem(tags: 19, lengths: lengths, seed: 7)
            let expected = CRFKernel(set: set).loss(problem)
            let marginals = CRFKernel(set: set).marginals(problem)
            let best = CRFKernel(set: set).decoding(problem)
            for threads in [2, 3, 8, 19] {
                let kernel = CRFKernel(set: set, threads: threads)
                let what = "\(threads) threads, lengths \(lengths)"
                let actual = kernel.loss(problem)
                expectSameBits(actual.losses, expected.losses, "losses, \(what)")
                expectSameBits(actual.emissions, expected.emissions, "demissions, \(what)")
                expectSameBits(actual.transitions, expected.transitions, "dtransitions, \(what)")
                expectSameBits(actual.start, expected.start, "dstart, \(what)")
                expectSameBits(actual.end, expected.end, "dend, \(what)")
                expectSameBits(kernel.marginals(problem), marginals, "marginals, \(what)")
                #expect(kernel.decoding(problem).tags == best.tags, "\(what)")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func aSequenceAloneEqualsItInABatch(set: InstructionSet) {
        let problem = CRFProblem(tags: 19, lengths: Self.batches[4], seed: 8)
        let kernel = CRFKernel(set: set)
        let together = kernel.loss(problem)
        let marginals = kernel.marginals(problem)
        let best = kernel.decoding(problem)
        for (sequence, rows) in problem.rowsOfSequences.enumerated() {
            let alone = problem.alone(sequence)
            let result = kernel.loss(alone)
            func own(_ values: [Float]) -> [Float] {
                rows.flatMap { values[$0 * 19..<($0 + 1) * 19] }
            }
            expectSameBits(result.losses, [together.losses[sequence]], "loss")
            expectSameBits(result.emissions, own(together.emissions), "demissions")
            expectSameBits(kernel.marginals(alone), own(marginals), "marginals")
            #expect(kernel.decoding(alone).tags == rows.map { best.tags[$0] })
        }
    }

    @Test(arguments: InstructionSet.available)
    func lossesAloneAreTheSameBits(set: InstructionSet) {
        let problem = CRFProblem(tags: 19, lengths: [9, 4, 4, 1], seed: 9)
        let kernel = CRFKernel(set: set)
        let alone = kernel.loss(problem, gradients: false)
        expectSameBits(alone.losses, kernel.loss(problem).losses, "losses")
        #expect(alone.transitions.allSatisfy { $0 == 0 })
    }

    @Test(arguments: InstructionSet.available)
    func theDirectionOfTheBatchIsOfNoAccount(set: InstructionSet) {
        var problem = CRFProblem(tags: 7, lengths: [5, 4, 1], seed: 10)
        let expected = CRFKernel(set: set).loss(problem)
        problem.reversed = true
        let actual = CRFKernel(set: set).loss(problem)
        expectSameBits(actual.losses, expected.losses, "losses")
        expectSameBits(actual.emissions, expected.emissions, "demissions")
    }

    @Test(arguments: InstructionSet.available, [Double.nan, .infinity])
    func aBadEmissionIsTheLossOfItsSequence(set: InstructionSet, value: Double) {
        for place in [0, 9, 17] {
            var problem = CRFProblem(tags: 19, lengths: [4, 4, 2], seed: 11)
            problem.emissions[problem.rowsOfSequences[1][2] * 19 + place] = value
            let kernel = CRFKernel(set: set)
            #expect(kernel.loss(problem).losses.map(\.isNaN) == [false, true, false])
            #expect(kernel.decoding(problem).tags.allSatisfy { $0 >= 0 && $0 < 19 })
        }
        var problem = CRFProblem(tags: 19, lengths: [4, 4, 2], seed: 11)
        problem.emissions = problem.emissions.map { _ in value }
        #expect(CRFKernel(set: set).decoding(problem).tags.allSatisfy { $0 >= 0 && $0 < 19 })
    }

    @Test(arguments: InstructionSet.available)
    func forbiddenTargetsAndNothingAllowed(set: InstructionSet) {
        var problem = CRFProblem(tags: 2, lengths: [2, 1], forbids: false, seed: 12)
        problem.targets = [1, 0, 1]
        problem.allowed.transitions = [1, 1, 1, 0]
        let kernel = CRFKernel(set: set)
        #expect(kernel.loss(problem).losses[0] == .infinity)
        #expect(kernel.loss(problem).losses[1].isFinite)
        problem.allowed.starts = [0, 0]
        #expect(kernel.loss(problem).losses.allSatisfy { $0.isNaN })
        #expect(kernel.decoding(problem).scores == [-.infinity, -.infinity])
        #expect(kernel.decoding(problem).tags.allSatisfy { $0 == 0 || $0 == 1 })
    }

    @Test(arguments: InstructionSet.available)
    func largeScoresStayFinite(set: InstructionSet) {
        var problem = CRFProblem(tags: 2, lengths: [2], forbids: false, seed: 13)
        problem.emissions = [1e6, -1e6, 1e6, -1e6]
        problem.transitions = [0, 0, 0, 0]
        problem.start = [0, 0]
        problem.end = [0, 0]
        problem.targets = [0, 1]
        let result = CRFKernel(set: set).loss(problem)
        #expect(result.losses == [2e6])
        #expect(result.emissions == [0, 0, 0.25, -0.25])
    }
}
