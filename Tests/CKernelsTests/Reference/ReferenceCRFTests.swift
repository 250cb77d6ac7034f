import Foundation
import TestSupport
import Testing

/// All tags of a tiny problem, PyTorch and central differences prove the oracle.
@Suite struct ReferenceCRFTests {
    static let problems = [
        CRFProblem(tags: 1, lengths: [3, 1], seed: 1),
        CRFProblem(tags: 2, lengths: [6, 3, 3, 1], forbids: false, seed: 2),
        CRFProblem(tags: 3, lengths: [5, 2, 1], seed: 3),
        CRFProblem(tags: 4, lengths: [4], seed: 4),
        CRFProblem(tags: 5, lengths: [4, 3, 1, 1], seed: 5),
    ]

    /// Every sequence of tags of one sequence of a problem, ordered by its last tag, then the one
    /// before it …, with its score.
    private func paths(_ problem: CRFProblem, _ rows: [Int]) -> [(tags: [Int], score: Double)] {
        let tags = problem.tags
        let field = problem.constrained
        let count = rows.reduce(1) { count, _ in count * tags }
        return (0..<count).map { number in
            var rest = number
            let path = rows.map { _ in
                defer { rest /= tags }
                return rest % tags
            }
            var score = field.start[path[0]] + field.end[path.last!]
            for (step, row) in rows.enumerated() {
                score += problem.emissions[row * tags + path[step]]
                if step > 0 { score += field.transitions[path[step - 1] * tags + path[step]] }
            }
            return (path, score)
        }
    }

    @Test(arguments: problems)
    func lossesAndMarginalsAreSumsOverAllTags(problem: CRFProblem) {
        let result = problem.reference()
        for (sequence, rows) in problem.rowsOfSequences.enumerated() {
            let paths = paths(problem, rows)
            let sum = paths.reduce(0) { $0 + exp($1.score) }
            let target = paths.first { $0.tags == rows.map { Int(problem.targets[$0]) } }!
            #expect(abs(result.losses[sequence] - (log(sum) - target.score)) < 1e-13)
            for (step, row) in rows.enumerated() {
                for tag in 0..<problem.tags {
                    let withTag = paths.filter { $0.tags[step] == tag }
                    let share = withTag.reduce(0) { $0 + exp($1.score) }
                    #expect(abs(result.marginals[row * problem.tags + tag] - share / sum) < 1e-13)
                }
            }
        }
    }

    /// Scores are multiples of 1/8, so ties are ties; the first of the paths wins.
    @Test(arguments: problems)
    func decodingIsTheFirstOfTheBestPaths(problem: CRFProblem) {
        let (best, scores) = problem.referenceDecoding()
        for (sequence, rows) in problem.rowsOfSequences.enumerated() {
            let paths = paths(problem, rows)
            let greatest = paths.map(\.score).max()!
            #expect(scores[sequence] == greatest)
            #expect(rows.map { Int(best[$0]) } == paths.first { $0.score == greatest }!.tags)
        }
    }

    @Test(arguments: problems.dropFirst())
    func centralDifferencesAgree(problem: CRFProblem) {
        let result = problem.reference()
        let numeric = problem.centralDifferences
        expectClose(numeric(\.emissions), result.emissions, within: 1e-8, "demissions")
        expectClose(numeric(\.transitions), result.transitions, within: 1e-8, "dtransitions")
        expectClose(numeric(\.start), result.start, within: 1e-8, "dstart")
        expectClose(numeric(\.end), result.end, within: 1e-8, "dend")
    }

    @Test func equalsPyTorch() throws {
        let golden = try GoldenFile.read("crf", as: GoldenCRF.self)
        let problem = CRFProblem(golden)
        let result = problem.reference()
        expectClose(result.losses, golden.losses.values, within: 1e-14, "losses")
        expectClose(result.marginals, golden.marginals.values, within: 1e-14, "marginals")
        let gradients = golden.gradients
        expectClose(result.emissions, gradients["emissions"]!.values, within: 1e-14, "demissions")
        expectClose(
            result.transitions, gradients["transitions"]!.values, within: 1e-14, "dtransitions")
        expectClose(result.start, gradients["start"]!.values, within: 1e-14, "dstart")
        expectClose(result.end, gradients["end"]!.values, within: 1e-14, "dend")
        let (tags, scores) = problem.referenceDecoding()
        #expect(tags == golden.best)
        #expect(scores == golden.bestScores)
    }
}

extension CRFProblem {
    init(_ golden: GoldenCRF) {
        self.init(tags: golden.emissions.shape[1], lengths: golden.lengths, seed: 0)
        func mask(_ name: String) -> [UInt8] { golden.allowed[name]!.values.map { UInt8($0) } }
        emissions = golden.emissions.values
        transitions = golden.parameters["transitions"]!.values
        start = golden.parameters["start"]!.values
        end = golden.parameters["end"]!.values
        allowed = Allowed(
            transitions: mask("transitions"), starts: mask("start"), ends: mask("end"))
        targets = golden.targets
        scale = golden.scale
    }
}
