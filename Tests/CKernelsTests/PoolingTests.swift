import CKernels
import TestSupport
import Testing

@Suite struct PoolingTests {
    typealias Kind = PoolingProblem.Kind

    /// One step, several; more steps than the 64 that are summed at a time, and just as many.
    static let lengths = [[1], [5, 3, 3, 1], [130, 64, 65, 2].sorted(by: >), [7, 7, 7]]

    @Test(arguments: InstructionSet.available, Kind.allCases)
    func equalsTheOracle(set: InstructionSet, kind: Kind) {
        // More than 256 columns go in blocks.
        for (index, width) in (set.sizes + [300, 521]).enumerated() {
            let lengths = Self.lengths[index % Self.lengths.count]
            let keySize = set.sizes[(index + 3) % set.sizes.count]
            let problem = PoolingProblem(
                kind, PackedLayout(lengths: lengths), width: width, keySize: keySize, seed: 1)
            let expected = problem.reference()
            let actual = PoolingRun(problem, set, threads: 2)
            let what = "\(lengths), width \(width), keys \(keySize)"
            expectClose(actual.y, expected.y, within: 1e-6, "y, \(what)")
            expectClose(actual.dx, expected.dx, within: 1e-6, "dx, \(what)")
            guard kind == .attention else { continue }
            expectClose(actual.weights, expected.weights, within: 2e-6, "weights, \(what)")
            guard lengths[0] > 1 else { continue }
            expectClose(actual.dscores, expected.dscores, within: 5e-6, "dscores, \(what)")
            expectClose(actual.dkeys, expected.dkeys, within: 5e-6, "dkeys, \(what)")
        }
    }

    @Test(arguments: InstructionSet.available, Kind.allCases)
    func gradientsAreAddedToWhatIsThere(set: InstructionSet, kind: Kind) {
        let problem = PoolingProblem(
            kind, PackedLayout(lengths: [5, 3, 1]), width: 19, keySize: 7, seed: 2)
        let expected = problem.reference(), actual = PoolingRun(problem, set, start: 1)
        expectClose(actual.dx, expected.dx.map { $0 + 1 }, within: 1e-6, "dx")
        guard kind == .attention else { return }
        expectClose(actual.dkeys, expected.dkeys.map { $0 + 1 }, within: 1e-6, "dkeys")
    }

    @Test(arguments: InstructionSet.available, Kind.allCases)
    func aSequenceAloneEqualsTheSequenceInABatch(set: InstructionSet, kind: Kind) {
        let layout = PackedLayout(lengths: [130, 70, 70, 3, 1]), width = 37, keySize = 19
        let problem = PoolingProblem(kind, layout, width: width, keySize: keySize, seed: 3)
        let together = PoolingRun(problem, set)
        for (sequence, length) in layout.lengths.enumerated() {
            func own<Number>(_ values: [Number], _ columns: Int) -> [Number] {
                (0..<length).flatMap { step in
                    let row = layout.row(sequence, step)
                    return values[row * columns..<(row + 1) * columns]
                }
            }
            let part = sequence * width..<(sequence + 1) * width
            var alone = PoolingProblem(
                kind, PackedLayout(lengths: [length]), width: width, keySize: keySize, seed: 3)
            alone.x = own(problem.x, width)
            alone.keys = own(problem.keys, keySize)
            alone.query = problem.query
            alone.dy = Array(problem.dy[part])
            let result = PoolingRun(alone, set)
            expectSameBits(result.y, Array(together.y[part]), "y of sequence \(sequence)")
            expectSameBits(result.dx, own(together.dx, width), "dx of sequence \(sequence)")
            expectSameBits(result.dkeys, own(together.dkeys, keySize), "dkeys of \(sequence)")
        }
    }

    /// Fewer sequences than threads, and so many floats that several threads take part.
    @Test(
        arguments: InstructionSet.available,
        [[600], [300, 299, 1], Array((20...60).reversed())])
    func threadsGiveTheSameBits(set: InstructionSet, lengths: [Int]) {
        for kind in Kind.allCases {
            let problem = PoolingProblem(
                kind, PackedLayout(lengths: lengths), width: 523, keySize: 67, seed: 4)
            let expected = PoolingRun(problem, set)
            for threads in [2, 3, 8] {
                let actual = PoolingRun(problem, set, threads: threads)
                expectSameBits(actual.y, expected.y, "\(kind), y, \(threads) threads")
                expectSameBits(actual.dx, expected.dx, "\(kind), dx, \(threads) threads")
                expectSameBits(actual.dkeys, expected.dkeys, "\(kind), dkeys, \(threads) threads")
                expectSameBits(actual.weights, expected.weights, "weights, \(threads) threads")
                expectSameBits(actual.dscores, expected.dscores, "dscores, \(threads) threads")
                #expect(actual.winners == expected.winners)
            }
        }
    }

    /// A batch of one column.
    private func column(
        _ kind: Kind, _ x: [Double], lengths: [Int], _ set: InstructionSet
    ) -> PoolingRun {
        var problem = PoolingProblem(
            kind, PackedLayout(lengths: lengths), width: 1, keySize: 1, seed: 5)
        problem.x = x
        problem.dy = [Double](repeating: 1, count: lengths.count)
        return PoolingRun(problem, set)
    }

    @Test(arguments: InstructionSet.available)
    func theMeanOfEqualValuesIsThatValue(set: InstructionSet) {
        for length in 1...70 {
            let x = [Double](repeating: 3, count: length)
            #expect(column(.mean, x, lengths: [length], set).y == [3])
        }
    }

    @Test(arguments: InstructionSet.available)
    func theEarliestOfEqualGreatestValuesWins(set: InstructionSet) {
        let run = column(.max, [1, 2, 2, 1], lengths: [4], set)
        #expect(run.y == [2] && run.winners == [1] && run.dx == [0, 1, 0, 0])
        let zeros = column(.max, [-0.0, 0], lengths: [2], set)
        #expect(zeros.y[0].sign == .minus && zeros.winners == [0])
        let least = column(.max, [-.infinity, -.infinity], lengths: [1, 1], set)
        #expect(least.y == [-.infinity, -.infinity] && least.winners == [0, 1])
    }

    @Test(arguments: InstructionSet.available)
    func theEarliestNaNIsTheGreatest(set: InstructionSet) {
        let cases: [[Double]] = [
            [1, .nan, .infinity, .nan], [1, .nan, 3, 4], [1, .nan, .nan, -.infinity],
        ]
        for x in cases {
            let run = column(.max, x, lengths: [4], set)
            #expect(run.y[0].isNaN && run.winners == [1] && run.dx == [0, 1, 0, 0])
        }
    }

    @Test(arguments: InstructionSet.available, Kind.allCases)
    func nanStaysInItsSequence(set: InstructionSet, kind: Kind) {
        var problem = PoolingProblem(
            kind, PackedLayout(lengths: [3, 3, 2]), width: 19, keySize: 7, seed: 6)
        let row = problem.layout.row(1, 2)
        problem.x[row * 19 + 4] = .nan
        problem.keys[row * 7 + 1] = .nan
        let y = PoolingRun(problem, set).y
        #expect(y[19 + 4].isNaN)
        #expect(!(y[..<19] + y[38...]).contains { $0.isNaN })
        // Of attention, a NaN among the scores is one of all weights.
        #expect(y[19..<38].allSatisfy { $0.isNaN } == (kind == .attention))
    }

    @Test(arguments: InstructionSet.available)
    func largeScoresStayFinite(set: InstructionSet) {
        var problem = PoolingProblem(
            .attention, PackedLayout(lengths: [3]), width: 1, keySize: 1, seed: 7)
        problem.x = [5, 6, 7]
        problem.keys = [-1, 1, 1]
        problem.query = [1000]
        let run = PoolingRun(problem, set)
        #expect(run.weights == [0, 0.5, 0.5] && run.y == [6.5])
    }
}
