import SeqNet

/// `predict` of a classifier.
struct ClassifierPredictions {
    private let model: Classifier
    private let batchSize: Int
    private let json: Bool
    private let quiet: QuietArgument

    init(_ model: Classifier, batchSize: Int, json: Bool, quiet: QuietArgument) {
        self.model = model
        self.batchSize = batchSize
        self.json = json
        self.quiet = quiet
    }

    /// Answers the records of a file as they come.
    /// - Parameters:
    ///   - path: `-` is stdin.
    ///   - textColumn: of CSV or TSV, with a header if files of the training with that column had one;
    ///     nil reads a text a line.
    func run(_ path: String, textColumn: ColumnReference?) throws {
        var reader = try LineReader(path: path)
        guard let textColumn else {
            var number = 0
            while let lines = try reader.nextLines() {
                try answer(lines.map { line in
                    number += 1
                    return LabelledText(
                        line: number, text: try InputLine.text(line, reader.name, number), label: "")
                }, reader.name)
            }
            return
        }
        let columns = TextColumns(text: textColumn, label: model.configuration.columns.label)
        if columns.filesHaveHeader, textColumn.number != nil {
            quiet.note("\(reader.name): the first line is the header, as in the files of the training")
        }
        var scanner = TextColumnScanner(columns, source: reader.name)
        while let bytes = try reader.nextBytes() {
            try answer(try scanner.texts(in: bytes), reader.name)
        }
        try answer(try scanner.finish(), reader.name)
    }

    private func answer(_ texts: [LabelledText], _ source: String) throws {
        let answers = try model.classify(texts, source: source, batchSize: batchSize)
        for (text, answer) in zip(texts, answers) {
            try ComputedNumbers.require(answer?.logProbabilities ?? [])
            try Console.resultLine(json ? try object(text, answer).serialized() : answer?.label ?? "")
        }
    }

    private func object(_ text: LabelledText, _ answer: Classification?) throws -> JSONValue {
        guard let answer else {
            return ["line": .integer(text.line), "label": .null, "probability": .null, "scores": .null]
        }
        let scores = zip(model.labels.names, answer.probabilities).map {
            (key: $0, value: JSONValue.float($1))
        }
        return [
            "line": .integer(text.line), "label": .string(answer.label),
            "probability": .float(answer.probability),
            "scores": .members(scores),
        ]
    }
}
