import TestSupport
import Testing

/// Central differences prove the oracle's gradients, and these then prove the kernels'.
@Suite struct ReferenceGradientTests {
    /// Batches that reach every branch: rectangular, ragged, resets (one at a sequence's
    /// beginning), both directions.
    static let layouts = [
        PackedLayoutCase(lengths: [1]),
        PackedLayoutCase(lengths: [3, 3]),
        PackedLayoutCase(lengths: [5, 3, 3, 1]),
        PackedLayoutCase(lengths: [4, 2, 1], reversed: true),
        PackedLayoutCase(lengths: [5, 4, 2], resets: [(0, 3), (1, 0), (2, 1)]),
        PackedLayoutCase(lengths: [5, 4, 2], reversed: true, resets: [(0, 4), (1, 1), (2, 0)]),
    ]

    @Test(arguments: Cell.allCases, layouts)
    func centralDifferencesAgree(cell: Cell, layoutCase: PackedLayoutCase) {
        let layout = layoutCase.layout()
        let problem = RecurrentProblem(
            cell: cell, inputSize: 3, hiddenSize: 4, layout: layout, seed: 1)
        let analytic = problem.gradients(layout)
        for parameter in RecurrentProblem.Parameter.allCases where problem.has(parameter) {
            let numeric = problem.centralDifferences(of: parameter, layout)
            expectClose(
                numeric, analytic[keyPath: parameter.gradient], within: 1e-8, "d\(parameter)")
        }
    }

    @Test(arguments: Cell.allCases)
    func absentStatesAreZeros(cell: Cell) {
        let layout = PackedLayout(lengths: [4, 2])
        var problem = RecurrentProblem(
            cell: cell, inputSize: 2, hiddenSize: 3, layout: layout, seed: 2)
        problem.input.h0 = nil
        problem.input.c0 = nil
        let absent = problem.layer.forward(problem.input, layout)
        problem.input.h0 = [Double](repeating: 0, count: 6)
        problem.input.c0 = [Double](repeating: 0, count: 6)
        let zeros = problem.layer.forward(problem.input, layout)
        #expect(absent.y == zeros.y)
        #expect(absent.cn == zeros.cn)
    }

    @Test(arguments: Cell.allCases)
    func gradientsAreAddedToWhatIsThere(cell: Cell) {
        let layout = PackedLayout(lengths: [3, 1])
        let problem = RecurrentProblem(
            cell: cell, inputSize: 2, hiddenSize: 3, layout: layout, seed: 3)
        let once = problem.gradients(layout)
        let twice = problem.gradients(layout, addedTo: once)
        for parameter in RecurrentProblem.Parameter.allCases where problem.has(parameter) {
            let doubled = once[keyPath: parameter.gradient].map { 2 * $0 }
            expectClose(twice[keyPath: parameter.gradient], doubled, within: 1e-14, "d\(parameter)")
        }
        #expect(twice.total == once.total)
    }

    /// The whole gradient of h_t is dy_t and the gradient of the rest's initial state.
    @Test(arguments: Cell.allCases, [0, 2])
    func totalGradientIsThatOfTheRestsInitialState(cell: Cell, step: Int) {
        let layout = PackedLayout(lengths: [4])
        let problem = RecurrentProblem(
            cell: cell, inputSize: 2, hiddenSize: 3, layout: layout, seed: 4)
        let output = problem.layer.forward(problem.input, layout)
        let total = problem.gradients(layout).total

        let rest = PackedLayout(lengths: [4 - step - 1])
        var restProblem = problem
        restProblem.input.x = Array(problem.input.x[((step + 1) * 2)...])
        restProblem.input.h0 = Array(output.y[(step * 3)..<((step + 1) * 3)])
        if cell.hasCellState {
            restProblem.input.c0 = Array(output.cells[(step * 3)..<((step + 1) * 3)])
        }
        restProblem.outputGradients.dy = Array(problem.outputGradients.dy[((step + 1) * 3)...])
        let dh0 = restProblem.gradients(rest).dh0
        let expected = (0..<3).map { dh0[$0] + problem.outputGradients.dy[step * 3 + $0] }
        expectClose(Array(total[(step * 3)..<((step + 1) * 3)]), expected, within: 1e-14, "total")
    }

    @Test(arguments: Cell.allCases)
    func noGradientCrossesAReset(cell: Cell) {
        let layout = PackedLayout(lengths: [4], resets: [.init(sequence: 0, step: 2)])
        var problem = RecurrentProblem(
            cell: cell, inputSize: 2, hiddenSize: 3, layout: layout, seed: 5)
        problem.outputGradients.dy.replaceSubrange(0..<6, with: [Double](repeating: 0, count: 6))
        let gradients = problem.gradients(layout)
        #expect(gradients.dx[..<4].allSatisfy { $0 == 0 })
        #expect(gradients.dx[4...].contains { $0 != 0 })
        #expect(gradients.dh0.allSatisfy { $0 == 0 })
        #expect(gradients.dc0.allSatisfy { $0 == 0 })
    }

    @Test func slopeOfReLUAtZeroIsZero() {
        let layout = PackedLayout(lengths: [2])
        var problem = RecurrentProblem(
            cell: .rnnReLU, inputSize: 1, hiddenSize: 1, layout: layout, seed: 6)
        problem.layer.weightIH = [0]
        problem.layer.weightHH = [0]
        problem.layer.biasIH = [0]
        problem.layer.biasHH = [0]
        #expect(problem.gradients(layout).biasIH == [0])
        problem.layer.biasIH = [0x1p-60]
        #expect(problem.gradients(layout).biasIH != [0])
    }
}
