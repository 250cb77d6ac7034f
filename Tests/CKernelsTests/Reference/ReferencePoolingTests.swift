import TestSupport
import Testing

@Suite struct ReferencePoolingTests {
    @Test(arguments: PoolingProblem.Kind.allCases, [[1], [3, 3], [5, 3, 3, 1]])
    func gradientsMatchCentralDifferences(kind: PoolingProblem.Kind, lengths: [Int]) {
        let problem = PoolingProblem(
            kind, PackedLayout(lengths: lengths), width: 3, keySize: 4, seed: 1)
        let result = problem.reference()
        expectClose(problem.centralDifferences(of: \.x), result.dx, within: 1e-8, "dx")
        guard kind == .attention, lengths[0] > 1 else { return }
        expectClose(problem.centralDifferences(of: \.keys), result.dkeys, within: 1e-8, "dkeys")
        expectClose(problem.centralDifferences(of: \.query), result.dquery, within: 1e-8, "dquery")
    }
}
