/// The line that shows how far a run has come.
public struct ProgressLine: Sendable {
    private let progress: TrainingProgress

    /// Characters of the bar.
    private static let barWidth = 20

    public init(progress: TrainingProgress) { self.progress = progress }

    /// A bar, the epoch, the loss, tokens a second and the time left, in at most `width`
    /// characters: what does not fit is left out, the least important first.
    public func render(width: Int) -> String {
        let share = Double(progress.step) / Double(max(1, progress.totalSteps))
        let parts = [
            "epoch \(progress.epoch)/\(progress.epochs)", "loss \(Format.fixed(progress.loss, 4))",
            "\(Format.count(progress.tokensPerSecond)) tokens/s", "\(timeLeft) left",
            "update \(progress.step)/\(progress.totalSteps)",
        ]
        var text = "\(bar(share)) \(Self.padded(Int(share * 100)))%"
        if text.count > width { text = "" }
        for part in parts where text.count + part.count + 2 <= width {
            text += (text.isEmpty ? "" : "  ") + part
        }
        return text
    }

    private func bar(_ share: Double) -> String {
        let filled = Int(share * Double(Self.barWidth))
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.barWidth - filled)
    }

    private static func padded(_ percent: Int) -> String {
        String(repeating: " ", count: max(0, 3 - String(percent).count)) + String(percent)
    }

    /// By the speed of the updates so far in this process.
    private var timeLeft: String {
        let perStep =
            progress.tokensPerSecond > 0 && progress.secondsAStep > 0 ? progress.secondsAStep : .nan
        return Format.duration(perStep * Double(progress.totalSteps - progress.step))
    }
}
