@testable import SeqNet
import Testing

struct ProgressLineTests {
    private static let whole =
        "██████████░░░░░░░░░░  50%  epoch 2/3  loss 1.4629  12.3k tokens/s  1m 05s left  "
        + "update 130/260"

    private func line(
        step: Int = 130, totalSteps: Int = 260, loss: Double = 1.46289,
        secondsAStep: Double = 0.5
    ) -> ProgressLine {
        ProgressLine(
            progress: TrainingProgress(
                epoch: 2, epochs: 3, step: step, totalSteps: totalSteps, stepInEpoch: 40,
                stepsPerEpoch: 90, loss: loss, gradientNorm: 1, learningRate: 0.002,
                tokensPerSecond: 12_345, secondsAStep: secondsAStep, seconds: 70))
    }

    @Test func tellsAllThatThereIsRoomFor() {
        #expect(line().render(width: 200) == Self.whole)
        #expect(line().render(width: Self.whole.count) == Self.whole)
    }

    @Test func leavesOutFromTheEnd() {
        #expect(
            line().render(width: Self.whole.count - 1)
                == "██████████░░░░░░░░░░  50%  epoch 2/3  loss 1.4629  12.3k tokens/s  1m 05s left")
        #expect(line().render(width: 40) == "██████████░░░░░░░░░░  50%  epoch 2/3")
        #expect(line().render(width: 30) == "epoch 2/3  loss 1.4629")
        #expect(line().render(width: 5) == "")
    }

    @Test(arguments: 0..<120) func neverExceedsTheWidth(_ width: Int) {
        #expect(line().render(width: width).count <= width)
    }

    @Test func showsTheEndAndBeyond() {
        #expect(line(step: 260).render(width: 25 + 11).hasPrefix("████████████████████ 100%"))
        #expect(line(step: 261).render(width: 100).contains("- left"))
        #expect(line(step: 0, totalSteps: 0).render(width: 100).contains("   0%"))
    }

    @Test func takesALossThatIsNoNumber() {
        #expect(line(loss: .nan).render(width: 100).contains("loss nan"))
        #expect(line(secondsAStep: .nan).render(width: 100).contains("- left"))
    }
}
