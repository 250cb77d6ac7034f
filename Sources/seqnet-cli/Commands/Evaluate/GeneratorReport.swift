import SeqNet

/// `evaluate` of a generator.
struct GeneratorReport {
    private let model: Generator
    private let context: KernelContext
    private let output: EvaluationOutput

    init(_ model: Generator, _ context: KernelContext, _ output: EvaluationOutput) {
        self.model = model
        self.context = context
        self.output = output
    }

    /// - Parameter label: where tunes have theirs; nil means where those of training had it.
    func evaluate(_ path: String, label: String?, batchSize: Int) throws {
        let status = output.status
        let place = try label.map { try TuneLabel(argument: $0) } ?? model.configuration.label
        let part = try GeneratorPart(
            ConditionedText.read(contentsOf: path, label: place), name: path,
            model.configuration.tokenizer, model.vocabulary, model.conditions)
        let evaluation = model.evaluate(part, context, batchSize: batchSize) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        try ComputedNumbers.require(evaluation.loss)
        if let note = UnknownLabelsText.note(part.unknownLabels, in: path, "are left out") {
            output.note(note)
        }
        if part.unknownCount > 0 {
            output.note(
                "\(path): \(part.unknownCount) of \(part.tokens) tokens are unknown to the model and "
                    + "taken as <unk>")
        }
        try output.show(evaluation.json)
    }
}
