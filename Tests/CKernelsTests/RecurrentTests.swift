import CKernels
import TestSupport
import Testing

/// The fast recurrent kernels against the oracle, for every cell and instruction set.
@Suite struct RecurrentTests {
    /// Relative errors in Euclidean norms. Float32 rounds at 6e-8; a sequence of products,
    /// activations of 3.5 ULP and, backwards, products again stays below these.
    static let outputBound = 1e-6
    static let gradientBound = 3e-6

    /// Sizes about the lanes of every instruction set, primes and multiples.
    static let sizes = [1, 7, 15, 16, 17, 33, 64, 67]

    /// Ragged and rectangular batches of 1, 2, 5, 7 and 13 sequences, in both directions,
    /// with and without resets.
    static let layouts = [
        PackedLayoutCase(lengths: [6]),
        PackedLayoutCase(lengths: [4, 3], reversed: true),
        PackedLayoutCase(lengths: [6, 6, 3, 2, 1]),
        PackedLayoutCase(
            lengths: [5, 5, 4, 4, 2, 2, 1], reversed: true, resets: [(0, 4), (1, 2), (4, 0)]),
        PackedLayoutCase(
            lengths: [Int](repeating: 4, count: 13), resets: [(0, 0), (5, 2), (12, 3)]),
        PackedLayoutCase(lengths: [7, 7, 6, 6, 6, 5, 4, 3, 3, 2, 1, 1, 1], resets: [(3, 4)]),
        PackedLayoutCase(lengths: [3, 3, 3, 3, 3, 3, 3], reversed: true),
    ]

    /// Checks a forward and a backward pass against the oracle on every instruction set.
    private func check(
        _ cell: Cell, inputSize: Int, hiddenSize: Int, _ layoutCase: PackedLayoutCase, threads: Int,
        adapt: (inout RecurrentProblem) -> Void = { _ in }
    ) {
        let layout = layoutCase.layout()
        var problem = RecurrentProblem(
            cell: cell, inputSize: inputSize, hiddenSize: hiddenSize, layout: layout, seed: 1)
        adapt(&problem)
        let expected = problem.layer.forward(problem.input, layout)
        let gradients = problem.gradients(layout)
        let layer = KernelLayer(problem)
        // A unit alone may come out near zero by cancellation, and its error does not.
        let leeway = hiddenSize == 1 ? 10.0 : 1
        for set in InstructionSet.available {
            let context = set.context(threads: threads)
            let what = "\(set.name), input \(inputSize), hidden \(hiddenSize), \(layout)"
            let output = layer.forward(context, layout)
            for (part, values) in zip(
                output.parts, [expected.y, expected.cells, expected.hn, expected.cn])
            {
                expectClose(
                    part.values, values, within: leeway * Self.outputBound, "\(part.name), \(what)")
            }
            let actual = layer.backward(context, layout, output)
            for (part, values) in zip(actual.parts, gradients.inOrder) {
                expectClose(
                    part.values, values, within: leeway * Self.gradientBound,
                    "\(part.name), \(what)")
            }
        }
    }

    /// Every hidden size meets three input sizes, and over all cells every batch.
    @Test(arguments: Cell.allCases, sizes)
    func equalsTheOracle(cell: Cell, hiddenSize: Int) {
        let index = Self.sizes.firstIndex(of: hiddenSize)!
        for shift in [0, 3, 6] {
            let inputSize = Self.sizes[(index + shift) % Self.sizes.count]
            for offset in 0..<2 {
                let layout = Self.layouts[(index + 2 * shift + 3 * offset) % Self.layouts.count]
                check(
                    cell, inputSize: inputSize, hiddenSize: hiddenSize, layout,
                    threads: 1 + (index + shift) % 3)
            }
        }
    }

    @Test(arguments: Cell.allCases, layouts)
    func equalsTheOracleOnEveryBatch(cell: Cell, layout: PackedLayoutCase) {
        check(cell, inputSize: 19, hiddenSize: 21, layout, threads: 2)
    }

    /// Large enough for each thread to own rows, or units, of three; and so large that the panels of
    /// a unit's gates are more than rows meet before the next ones.
    @Test(
        arguments: Cell.allCases,
        [(lengths: 40, hidden: 67), (lengths: 3, hidden: 200), (lengths: 8, hidden: 521)])
    func equalsTheOracleWhenThreadsShareIt(cell: Cell, shape: (lengths: Int, hidden: Int)) {
        let lengths = (0..<shape.lengths).map { 5 - 3 * $0 / shape.lengths }
        check(
            cell, inputSize: 35, hiddenSize: shape.hidden,
            PackedLayoutCase(lengths: lengths, resets: [(1, 2)]), threads: 3)
    }

    /// More rows than backward takes gradients from at once (256): several chunks of steps, and a
    /// step that is a chunk by itself.
    static let manyRows = [
        PackedLayoutCase(
            lengths: (0..<60).map { 14 - $0 / 6 }, resets: [(0, 3), (7, 9), (59, 2)]),
        PackedLayoutCase(lengths: (0..<60).map { 14 - $0 / 6 }, reversed: true, resets: [(11, 8)]),
        PackedLayoutCase(lengths: (0..<300).map { 3 - $0 / 120 }),
    ]

    @Test(arguments: Cell.allCases, manyRows)
    func equalsTheOracleOnManyRows(cell: Cell, layout: PackedLayoutCase) {
        #expect(layout.layout().rows > 512)
        check(cell, inputSize: 6, hiddenSize: 9, layout, threads: 3)
    }

    @Test(arguments: Cell.allCases)
    func absentStatesAndTheirGradientsAreZeros(cell: Cell) {
        check(
            cell, inputSize: 5, hiddenSize: 17,
            PackedLayoutCase(lengths: [4, 2, 2], reversed: true),
            threads: 1
        ) { problem in
            problem.input.h0 = nil
            problem.input.c0 = nil
            problem.outputGradients.dhn = nil
            problem.outputGradients.dcn = nil
        }
    }

    @Test func cellsDescribeThemselves() {
        for cell in Cell.allCases {
            #expect(sn_cell_gates(cell.kernel) == cell.gates)
            #expect(sn_cell_has_cell_state(cell.kernel) == cell.hasCellState)
            #expect(sn_cell_saved_size(cell.kernel, 5) >= 5)
        }
    }
}
