import Testing

@testable import SeqNet

struct StepTrialTests {
    /// The share of some steps that each way takes.
    /// - Parameter nanoseconds: of a step, by its number and way.
    private func shares(
        _ trial: inout StepTrial, ways: Int, steps: Int, nanoseconds: (_ step: Int, _ way: Int) -> Int
    ) -> [Double] {
        var taken = Array(repeating: 0.0, count: ways)
        for step in 0..<steps {
            taken[trial.way] += 1
            if trial.isTimed {
                trial.advance(.nanoseconds(nanoseconds(step, trial.way)))
            } else {
                trial.advance()
            }
        }
        return taken.map { $0 / Double(steps) }
    }

    @Test(arguments: [[4000, 5000], [5000, 4000], [700, 690, 710], [9, 8, 7, 6]])
    func theFastestWayIsTaken(nanoseconds: [Int]) {
        var trial = StepTrial(ways: nanoseconds.count)
        let shares = shares(&trial, ways: nanoseconds.count, steps: 300_000) { nanoseconds[$1] }
        let fastest = nanoseconds.firstIndex(of: nanoseconds.min()!)!
        #expect(shares[fastest] > 0.985)
        #expect(shares.allSatisfy { $0 > 0 })
    }

    /// Cores may come to lie elsewhere.
    @Test func itIsTriedAgain() {
        var trial = StepTrial(ways: 2)
        _ = shares(&trial, ways: 2, steps: 1000) { [5000, 4000][$1] }
        #expect(shares(&trial, ways: 2, steps: 20_000) { [4000, 5000][$1] }[0] > 0.8)
    }

    /// A short disturbance, once a trial, is no reason.
    @Test func aSlowStepDoesNotCount() {
        var trial = StepTrial(ways: 2)
        let shares = shares(&trial, ways: 2, steps: 100_000) { step, way in
            step % 256 == 3 ? 1_000_000 : [4000, 5000][way]
        }
        #expect(shares[0] > 0.97)
    }

    /// A second thread whose core is taken half of the time makes the steps of every other
    /// millisecond long; the way that needs it is the slower one, though it is faster in between.
    @Test func aWayThatIsHeldUpNowAndThenIsLeft() {
        var trial = StepTrial(ways: 2)
        let shares = shares(&trial, ways: 2, steps: 300_000) { step, way in
            way == 1 ? 5000 : step / 10_000 % 2 == 0 ? 3500 : 400_000
        }
        #expect(shares[1] > 0.8)
    }

    /// A thread that is new may be held up in the first milliseconds, and then is worth it.
    @Test func aSlowBeginningIsForgotten() {
        var trial = StepTrial(ways: 2)
        let shares = shares(&trial, ways: 2, steps: 100_000) { step, way in
            way == 1 ? 5000 : step < 1000 ? 400_000 : 3500
        }
        #expect(shares[0] > 0.9)
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
