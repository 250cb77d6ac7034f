import SeqNet

/// `evaluate` of a language model.
struct LanguageModelReport {
    private let model: LanguageModel
    private let context: KernelContext
    private let output: EvaluationOutput

    init(_ model: LanguageModel, _ context: KernelContext, _ output: EvaluationOutput) {
        self.model = model
        self.context = context
        self.output = output
    }

    func evaluate(_ path: String) throws {
        let status = output.status
        let part = try Corpus.encode(
            [path], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: TemporaryFolderPath.current
        ) { bytes in status.show { StatusText.reading(bytes, width: $0) } }
        let evaluation = try model.evaluate(part, context) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        try ComputedNumbers.require(evaluation.loss)
        if evaluation.unknown > 0 {
            output.note(
                "\(path): \(evaluation.unknown) of \(part.count) tokens are unknown to the model "
                    + "and taken as <unk>")
        }
        try output.show(evaluation.json)
    }

    func evaluate(_ pairs: MinimalPairs, batchSize: Int) throws {
        let accuracy = try pairs.accuracy(of: LineScorer(model, context, batchSize: batchSize))
        if output.json {
            let groups = accuracy.groups.map { group -> JSONValue in
                [
                    "group": .string(group.name), "accuracy": .number(group.accuracy),
                    "count": .integer(group.pairs),
                ]
            }
            let object: JSONValue = [
                "accuracy": .number(accuracy.accuracy), "pairs": .integer(accuracy.pairs),
                "unknown": .integer(accuracy.unknownCount), "groups": .array(groups),
            ]
            try Console.resultLine(try object.serialized())
            return
        }
        let chart = BarChart(
            title: "Right line likelier, by group", labels: accuracy.groups.map(\.name),
            values: accuracy.groups.map(\.accuracy), range: 0...1)
        try Console.result(chart.terminal())
        try Console.resultLine(
            "all: \(Format.fixed(100 * accuracy.accuracy, 1)) % of \(accuracy.pairs) pairs")
    }
}
