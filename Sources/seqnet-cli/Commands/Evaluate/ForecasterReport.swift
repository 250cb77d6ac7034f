import SeqNet

/// `evaluate` of a forecaster.
struct ForecasterReport {
    private let model: Forecaster
    private let output: EvaluationOutput

    init(_ model: Forecaster, _ output: EvaluationOutput) {
        self.model = model
        self.output = output
    }

    func evaluate(_ path: String) throws {
        let status = output.status
        let evaluation = try model.evaluate(model.part(contentsOf: path)) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        try ComputedNumbers.require(evaluation.errors.mse)
        for note in evaluation.references.notes { output.note(note) }
        try output.show(evaluation.json)
    }
}
