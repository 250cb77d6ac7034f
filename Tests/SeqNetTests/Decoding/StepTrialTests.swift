import Testing

@testable import SeqNet

struct StepTrialTests {
    /// The share of some steps that each way takes, whose steps take so many nanoseconds.
    private func shares(_ trial: inout StepTrial, steps: Int, nanoseconds: [Int]) -> [Double] {
        var taken = nanoseconds.map { _ in 0.0 }
        for _ in 0..<steps {
            taken[trial.way] += 1
            if trial.isTimed {
                trial.advance(.nanoseconds(nanoseconds[trial.way]))
            } else {
                trial.advance()
            }
        }
        return taken.map { $0 / Double(steps) }
    }

    @Test(arguments: [[4000, 5000], [5000, 4000], [700, 690, 710], [9, 8, 7, 6]])
    func theFastestWayIsTaken(nanoseconds: [Int]) {
        var trial = StepTrial(ways: nanoseconds.count)
        let shares = shares(&trial, steps: 300_000, nanoseconds: nanoseconds)
        let fastest = nanoseconds.firstIndex(of: nanoseconds.min()!)!
        #expect(shares[fastest] > 0.985)
        #expect(shares.allSatisfy { $0 > 0 })
    }

    /// Cores may come to lie elsewhere.
    @Test func itIsTriedAgain() {
        var trial = StepTrial(ways: 2)
        _ = shares(&trial, steps: 1000, nanoseconds: [5000, 4000])
        #expect(shares(&trial, steps: 5000, nanoseconds: [4000, 5000])[0] > 0.8)
    }

    /// What holds up a step now and then is no reason.
    @Test func aSlowStepDoesNotCount() {
        var trial = StepTrial(ways: 2)
        var timed = 0
        for _ in 0..<200 {
            guard trial.isTimed else {
                trial.advance()
                continue
            }
            timed += 1
            trial.advance(.nanoseconds(timed == 3 ? 1_000_000 : trial.way == 0 ? 4000 : 5000))
        }
        #expect(timed == 36)
        #expect(trial.way == 0)
    }

    @Test func oneWayIsNotTimed() {
        var trial = StepTrial(ways: 1)
        for _ in 0..<1000 {
            #expect(!trial.isTimed)
            trial.advance()
            #expect(trial.way == 0)
        }
    }
}
