@testable import SeqNet
import Testing

@Suite struct LearningRateScheduleTests {
    private func factors(_ kind: LearningRateSchedule.Kind, warmup: Int, _ steps: [Int]) -> [Float] {
        let schedule = LearningRateSchedule(kind: kind, warmupSteps: warmup)
        return steps.map { schedule.factor(step: $0, totalSteps: 104, plateauFactor: 0.25) }
    }

    @Test func warmupRisesLinearly() {
        #expect(factors(.constant, warmup: 4, [0, 1, 2, 3, 4, 50]) == [0.25, 0.5, 0.75, 1, 1, 1])
    }

    @Test func cosineFallsFromOneToZero() {
        let values = factors(.cosine, warmup: 4, [4, 29, 54, 79, 104, 1000])
        #expect(values[0] == 1)
        #expect(abs(values[1] - 0.8535534) < 1e-6)
        #expect(abs(values[2] - 0.5) < 1e-6)
        #expect(abs(values[3] - 0.1464466) < 1e-6)
        #expect(values[4] == 0 && values[5] == 0)
    }

    @Test func plateauIsWhatItHasComeTo() {
        #expect(factors(.plateau, warmup: 2, [0, 2, 90]) == [0.5, 0.25, 0.25])
    }
}
