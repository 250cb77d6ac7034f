import SeqNet

/// `evaluate` of a translator.
struct TranslatorReport {
    private let model: Translator
    private let output: EvaluationOutput

    init(_ model: Translator, _ output: EvaluationOutput) {
        self.model = model
        self.output = output
    }

    func evaluate(_ path: String, _ options: BeamSearchOptions, batchSize: Int) throws {
        let status = output.status
        let part = try TranslatorPart(
            ParallelFile(contentsOf: path).pairs, name: path, model.configuration.tokenizer, model.text)
        let evaluation = try model.evaluate(part, options, batchSize: batchSize) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        try ComputedNumbers.require(evaluation.loss)
        if evaluation.unknown > 0 {
            output.note(
                "\(path): \(evaluation.unknown) of \(part.sourceTokens + part.targetTokens) tokens are "
                    + "unknown to the model and taken as <unk>")
        }
        try output.show(evaluation.json)
    }
}
