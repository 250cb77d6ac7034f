import SeqNet

/// `evaluate` of a classifier.
struct ClassifierReport {
    private let model: Classifier
    private let output: EvaluationOutput

    init(_ model: Classifier, _ output: EvaluationOutput) {
        self.model = model
        self.output = output
    }

    /// - Parameters:
    ///   - textColumn: nil means the one of training; so does the label's.
    func evaluate(_ path: String, textColumn: String?, labelColumn: String?, batchSize: Int) throws {
        let status = output.status, trained = model.configuration.columns
        let columns = TextColumns(
            text: textColumn.map { ColumnReference($0) } ?? trained.text,
            label: labelColumn.map { ColumnReference($0) } ?? trained.label)
        let part = try ClassifierPart(
            columns.read(path), name: path, model.configuration.tokenizer, model.vocabulary,
            model.labels)
        let evaluation = model.evaluate(part, batchSize: batchSize) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        // There is no loss where the model knows none of the labels.
        if let loss = evaluation.loss { try ComputedNumbers.require(loss) }
        if part.skipped > 0 {
            output.note("\(path): \(part.skipped) records have no text and are not counted")
        }
        if let note = UnknownLabelsText.note(part.unknownLabels, in: path, "count as wrong") {
            output.note(note)
        }
        if part.unknownCount > 0 {
            output.note(
                "\(path): \(part.unknownCount) of \(part.tokens) tokens are unknown to the model and "
                    + "taken as <unk>")
        }
        try output.show(evaluation.json) { ConfusionText.table(evaluation.confusion) }
    }
}
