import CKernels
import TestSupport
import Testing

@Suite struct SquaredErrorTests {
    private struct Problem {
        let y: [Float]
        let targets: [Float]
        let start: [Float]
        let rows: Int
        let n: Int

        init(rows: Int, n: Int, seed: UInt64) {
            var random = SeededRandom(seed)
            y = random.floats(rows * n)
            targets = random.floats(rows * n)
            start = random.floats(rows * n)
            (self.rows, self.n) = (rows, n)
        }
    }

    private func run(
        _ problem: Problem, _ set: InstructionSet, threads: Int = 1, gradients: Bool = true,
        scale: Float = 0.37
    ) -> (losses: [Float], dy: [Float]) {
        var context = set.context(threads: threads)
        let losses = AlignedFloats(count: problem.rows, filledWith: .nan)
        let dy = AlignedFloats(problem.start)
        let y = AlignedFloats(problem.y), targets = AlignedFloats(problem.targets)
        sn_squared_error(
            &context, losses.pointer, gradients ? dy.pointer : nil, y.pointer, targets.pointer, scale,
            problem.rows, problem.n)
        return (losses.values, dy.values)
    }

    private func reference(
        y: [Double], targets: [Double], start: [Double], rows: Int, n: Int, scale: Double
    ) -> (losses: [Double], dy: [Double]) {
        var losses = [Double](repeating: .nan, count: rows), dy = start
        sn_reference_squared_error(&losses, &dy, y, targets, scale, rows, n)
        return (losses, dy)
    }

    @Test(arguments: InstructionSet.available)
    func equalsTheOracle(set: InstructionSet) {
        for n in set.sizes {
            for rows in [0, 1, 2, 13] {
                let problem = Problem(rows: rows, n: n, seed: UInt64(n))
                let (losses, dy) = run(problem, set, threads: 2)
                let expected = reference(
                    y: problem.y.map(Double.init), targets: problem.targets.map(Double.init),
                    start: problem.start.map(Double.init), rows: rows, n: n, scale: Double(Float(0.37)))
                // The difference is rounded once, the sum once more.
                expectWithin(
                    losses, expected.losses, bound: 2e-7, scale: expected.losses, "\(rows)×\(n)")
                let scale = [Double](repeating: 4, count: rows * n)
                expectWithin(dy, expected.dy, bound: 1e-7, scale: scale, "dy, \(rows)×\(n)")
                expectSameBits(run(problem, set, gradients: false).losses, losses, "without gradients")
            }
        }
    }

    @Test func gradientsOfTheOracleMatchCentralDifferences() {
        let problem = Problem(rows: 3, n: 5, seed: 1), scale = 0.37, step = 1e-4
        let y = problem.y.map(Double.init), targets = problem.targets.map(Double.init)
        func loss(_ y: [Double]) -> Double {
            let zeros = [Double](repeating: 0, count: y.count)
            return scale
                * reference(y: y, targets: targets, start: zeros, rows: 3, n: 5, scale: scale).losses
                .reduce(0, +)
        }
        let slopes = y.indices.map { index in
            var above = y, below = y
            above[index] += step
            below[index] -= step
            return (loss(above) - loss(below)) / (2 * step)
        }
        let zeros = [Double](repeating: 0, count: y.count)
        let gradient = reference(y: y, targets: targets, start: zeros, rows: 3, n: 5, scale: scale).dy
        expectClose(gradient, slopes, within: 1e-9, "dy")
    }

    @Test(arguments: InstructionSet.available)
    func nanAndInfinityAreSeen(set: InstructionSet) {
        for (value, isSeen) in [
            (Float.nan, { $0.isNaN }), (.infinity, { $0 == .infinity }),
        ] as [(Float, (Float) -> Bool)] {
            let problem = Problem(rows: 2, n: 7, seed: 1)
            var context = set.context()
            let losses = AlignedFloats(count: 2)
            var y = problem.y
            y[9] = value
            let predictions = AlignedFloats(y), targets = AlignedFloats(problem.targets)
            sn_squared_error(
                &context, losses.pointer, nil, predictions.pointer, targets.pointer, 1, 2, 7)
            #expect(losses.values[0].isFinite && isSeen(losses.values[1]))
        }
    }

    @Test(arguments: InstructionSet.available)
    func threadsGiveTheSameBits(set: InstructionSet) {
        let problem = Problem(rows: 1009, n: 97, seed: 2)
        let expected = run(problem, set)
        for threads in [2, 3] {
            let actual = run(problem, set, threads: threads)
            expectSameBits(actual.losses, expected.losses, "losses, \(threads) threads")
            expectSameBits(actual.dy, expected.dy, "dy, \(threads) threads")
        }
    }
}
