import SeqNet

/// Shows a run on stderr: a line that is redrawn on a terminal, plain lines elsewhere.
final class TrainingReporter {
    private let isQuiet: Bool
    private let isTerminal = Console.stderrIsTerminal
    private let clock = ContinuousClock()
    private var lastShown: ContinuousClock.Instant?
    private var lineIsOpen = false

    /// Between two redraws of a terminal's line, and between two plain lines.
    private static let redrawInterval = Duration.milliseconds(100)
    private static let plainInterval = Duration.seconds(10)

    init(isQuiet: Bool) { self.isQuiet = isQuiet }

    func report(_ event: TrainingEvent) {
        if isQuiet { return }
        switch event {
        case .progress(let progress): show(progress)
        case .evaluating(let part): if isTerminal { redraw("evaluating the \(part.rawValue) part …") }
        case .checkpointed: break
        case .resumed(let step, let epoch):
            note("goes on from the checkpoint after update \(step), in epoch \(epoch + 1)")
        case .epochEnded(let epoch, let trainLoss, let valid, let isBest):
            note(Self.summary(epoch, trainLoss, valid, isBest))
        }
    }

    /// A line of its own, after the one that is being redrawn.
    func note(_ text: String) {
        if isQuiet { return }
        if lineIsOpen { Console.draw("\r\u{1B}[K") }
        lineIsOpen = false
        Console.note(text)
    }

    private func show(_ progress: TrainingProgress) {
        let interval = isTerminal ? Self.redrawInterval : Self.plainInterval
        let now = clock.now
        if let lastShown, now - lastShown < interval { return }
        // A pipe's first line comes after an interval too: a short run needs none.
        defer { lastShown = now }
        if isTerminal {
            redraw(ProgressLine(progress: progress).render(width: Console.columns - 1))
        } else if lastShown != nil {
            Console.note(ProgressLine(progress: progress).render(width: 100))
        }
    }

    private func redraw(_ text: String) {
        Console.draw("\r\u{1B}[K" + text)
        lineIsOpen = true
    }

    private static func summary(
        _ epoch: Int, _ trainLoss: Double, _ valid: JSONValue?, _ isBest: Bool
    ) -> String {
        var text = "epoch \(epoch): training loss \(Format.fixed(trainLoss, 4))"
        if let loss = valid?["loss"]?.doubleValue {
            text += ", validation loss \(Format.fixed(loss, 4))"
        }
        if let perplexity = valid?["perplexity"]?.doubleValue {
            text += ", perplexity \(Format.fixed(perplexity, perplexity < 100 ? 3 : 1))"
        }
        return text + (isBest ? ", the best so far" : "")
    }
}
