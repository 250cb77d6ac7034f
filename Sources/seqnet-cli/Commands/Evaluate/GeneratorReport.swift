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

    func evaluate(_ path: String, label: String, batchSize: Int) throws {
        let status = output.status
        let part = try GeneratorPart(
            ConditionedText.read(contentsOf: path, label: TuneLabel(argument: label)), name: path,
            model.configuration.tokenizer, model.vocabulary, model.conditions)
        let evaluation = model.evaluate(part, context, batchSize: batchSize) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        if part.unknownCount > 0 {
            output.note(
                "\(path): \(part.unknownCount) of \(part.tokens) tokens are unknown to the model and "
                    + "taken as <unk>")
        }
        try output.show(evaluation.json)
    }
}
