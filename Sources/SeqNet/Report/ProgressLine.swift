/// The line that shows how far a run has come.
public struct ProgressLine: Sendable {
    private let progress: TrainingProgress

    /// Characters of the bar.
    private static let barWidth = 20

    public init(progress: TrainingProgress) { self.progress = progress }

    /// A bar, the epoch, the loss, tokens a second and the time left, in at most `width`
    /// characters: what does not fit is left out, from the end.
    public func render(width: Int) -> String {
        let share = min(max(Double(progress.step) / Double(max(1, progress.totalSteps)), 0), 1)
        let parts = [
            bar(share), "epoch \(progress.epoch)/\(progress.epochs)",
            "loss \(Format.fixed(progress.loss, 4))",
            "\(Format.count(progress.tokensPerSecond)) tokens/s", "\(timeLeft) left",
            "update \(progress.step)/\(progress.totalSteps)",
        ]
        // A narrow terminal has no room for the bar and the epoch.
        let shown = parts[0].count + 2 + parts[1].count <= width ? parts : Array(parts.dropFirst())
        var text = ""
        for part in shown {
            let longer = text.isEmpty ? part : text + "  " + part
            if longer.count > width { break }
            text = longer
        }
        return text
    }

    private func bar(_ share: Double) -> String {
        let filled = Int(share * Double(Self.barWidth)), percent = String(Int(share * 100))
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: Self.barWidth - filled)
            + String(repeating: " ", count: 4 - percent.count) + percent + "%"
    }

    /// By the speed of the updates so far in this process.
    private var timeLeft: String {
        Format.duration(progress.secondsAStep * Double(progress.totalSteps - progress.step))
    }
}
