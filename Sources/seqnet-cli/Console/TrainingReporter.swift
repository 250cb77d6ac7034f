import SeqNet

/// Shows a training run on stderr.
final class TrainingReporter {
    private let line: StatusLine
    private var hasShownProgress = false

    init(isQuiet: Bool) { line = StatusLine(isQuiet: isQuiet) }

    func report(_ event: TrainingEvent) {
        switch event {
        case .progress(let progress):
            line.show(atOnce: !hasShownProgress) { ProgressLine(progress: progress).render(width: $0) }
            hasShownProgress = true
        case .evaluating(let part, let share):
            line.show { StatusText.evaluating("the \(part.rawValue) part", share, width: $0) }
        case .checkpointed: break
        case .resumed(let step, let epoch):
            note("goes on from the checkpoint after update \(step), in epoch \(epoch + 1)")
        case .epochEnded(let epoch, let trainLoss, let valid, let isBest):
            note(Self.summary(epoch, trainLoss, valid, isBest))
        }
    }

    /// How much of the texts has been read.
    func read(bytes: Int) { line.show { StatusText.reading(bytes, width: $0) } }

    func note(_ text: String) { line.note(text) }

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
