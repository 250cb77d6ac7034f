import TestSupport
import Testing

@testable import SeqNet

struct ConfusionTableTests {
    private func table(_ labels: [String], _ records: [(String, Int)]) -> ConfusionTable {
        var table = ConfusionTable(labels: labels)
        for (actual, predicted) in records { table.add(actual: actual, predicted: predicted) }
        return table
    }

    private func isNear(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) < 1e-12 } ?? false
    }

    @Test func countsStandByActualAndPredicted() {
        let result = table(["a", "b"], [("a", 0), ("a", 1), ("b", 1), ("b", 1)])
        #expect(result.counts == [[1, 1], [0, 2]])
        #expect(result.total == 4 && result.correct == 3 && result.accuracy == 0.75)
    }

    /// Against scikit-learn 1.9.1: f1_score([0,0,1,1,2,2,2], [0,1,1,1,2,0,2], average="macro").
    @Test func macroF1CountsLabelsAlike() {
        let result = table(
            ["a", "b", "c"],
            [("a", 0), ("a", 1), ("b", 1), ("b", 1), ("c", 2), ("c", 0), ("c", 2)])
        #expect(isNear(result.f1(0), 0.5) && isNear(result.f1(1), 0.8) && isNear(result.f1(2), 0.8))
        #expect(isNear(result.macroF1, 0.7))
    }

    @Test func aLabelThatIsNowhereIsLeftOut() {
        let result = table(["a", "b", "c"], [("a", 0), ("b", 0)])
        #expect(result.f1(2) == nil)
        #expect(isNear(result.f1(0), 2.0 / 3) && result.f1(1) == 0)
        #expect(isNear(result.macroF1, 1.0 / 3))
    }

    @Test func aLabelOfNoTrainingIsAlwaysWrong() {
        let result = table(["a", "b"], [("a", 0), ("z", 0), ("z", 1), ("y", 1)])
        #expect(result.total == 4 && result.correct == 1 && result.unknownCount == 3)
        #expect(result.unknown.map(\.label) == ["z", "y"] && result.unknown.map(\.count) == [2, 1])
        // f1_score(["a", "z", "z", "y"], ["a", "a", "b", "b"], average="macro", zero_division=0).
        #expect(isNear(result.f1(0), 2.0 / 3) && result.f1(1) == 0)
        #expect(isNear(result.macroF1, 1.0 / 6), "\(result.macroF1)")
    }

    /// é and e with an accent of its own are two labels, though Swift's strings hold them equal.
    @Test func labelsAreComparedByBytes() {
        let result = table(["\u{E9}", "e\u{301}"], [("e\u{301}", 1), ("\u{E9}", 1)])
        #expect(result.counts == [[0, 1], [0, 1]])
    }

    @Test func numbersHaveADistance() {
        let result = table(["1", "3", "5"], [("1", 0), ("1", 2), ("5", 1), ("4", 2)])
        #expect(isNear(result.meanAbsoluteError, (0 + 4 + 2 + 1) / 4.0))
        #expect(table(["1", "good"], [("1", 0)]).meanAbsoluteError == nil)
        #expect(table(["1", "2"], [("1", 0), ("many", 0)]).meanAbsoluteError == nil)
    }
}
