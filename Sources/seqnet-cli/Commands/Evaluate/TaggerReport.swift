import SeqNet

/// `evaluate` of a tagger.
struct TaggerReport {
    private let model: Tagger
    private let output: EvaluationOutput

    init(_ model: Tagger, _ output: EvaluationOutput) {
        self.model = model
        self.output = output
    }

    /// - Parameter column: of the tags; nil means the one of training.
    func evaluate(_ path: String, column: String?) throws {
        let status = output.status
        let column = column.map { ColumnReference($0) } ?? model.configuration.column
        let part = try TaggerPart(
            contentsOf: path, column: column, vocabulary: model.vocabulary, tagSet: model.tagSet)
        // What came through a pipe cannot be read again; the notes name its unknown tags all the same.
        let foreign = isStrange(part)
            ? try? ForeignTags(in: path, column: column, model.tagSet) : nil
        let foreignNote = try foreign?.note()
        let evaluation = model.evaluate(part) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        // There is none where the model does not know all tags of any sentence.
        if let loss = evaluation.loss { try ComputedNumbers.require(loss) }
        for note in part.notes(model.tagSet) { output.note(note) }
        if let foreignNote { output.note(foreignNote) }
        try output.show(evaluation.json) {
            (evaluation.entities.map { Self.table($0) + "\n" } ?? "")
                + ConfusionText.table(evaluation.confusion)
        }
    }

    /// Whether most tags of a part are not in the model's set as they stand in the file.
    private func isStrange(_ part: TaggerPart) -> Bool {
        2 * (part.unknownTags.total + part.mendedTagCount) > part.wordCount
    }

    /// A row for each type of entity.
    private static func table(_ entities: EntityScores) -> String {
        var table = Table(columns: ["entity", "actual", "predicted", "precision", "recall", "F1"])
        for (type, counts) in entities.types.sorted(by: { $0.key < $1.key }) {
            let scores = [counts.precision, counts.recall, counts.f1].map { Format.fixed($0, 3) }
            table.addRow([type, "\(counts.actual)", "\(counts.predicted)"] + scores)
        }
        return table.render()
    }
}
