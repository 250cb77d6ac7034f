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

    /// How many tokens of a part the vocabulary lacks, if any.
    func note(unknown: Int, of tokens: Int, in part: String) {
        if unknown == 0 { return }
        note("\(part): \(unknown) of \(tokens) tokens are not in the vocabulary and become <unk>")
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
        for (key, name) in [
            ("accuracy", "accuracy"), ("f1", "F1"), ("macro_f1", "macro-F1"), ("bleu", "BLEU"), ("mse", "MSE"),
        ] {
            if let value = valid?[key]?.doubleValue { text += ", \(name) \(Format.fixed(value, 4))" }
        }
        return text + (isBest ? ", the best so far" : "")
    }
}
