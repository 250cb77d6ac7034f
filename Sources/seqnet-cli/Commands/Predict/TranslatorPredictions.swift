import SeqNet

/// `predict` of a translator.
struct TranslatorPredictions {
    private let model: Translator
    private let options: BeamSearchOptions
    private let batchSize: Int
    private let output: TranslationOutput
    private let json: Bool
    private let quiet: QuietArgument

    init(
        _ model: Translator, _ options: BeamSearchOptions, batchSize: Int, showsAttention: Bool,
        json: Bool, quiet: QuietArgument
    ) throws {
        output = try TranslationOutput(model, showsAttention: showsAttention)
        self.model = model
        self.options = options
        self.batchSize = batchSize
        self.json = json
        self.quiet = quiet
    }

    /// Translates the lines of a file as they come. A line without a word gets an empty one.
    /// - Parameter path: `-` is stdin.
    func run(_ path: String) throws {
        var reader = try LineReader(path: path)
        var number = 0
        while let lines = try reader.nextLines() {
            let first = number + 1
            let texts = try lines.map { line in
                number += 1
                return try InputLine.text(line, reader.name, number)
            }
            try answer(texts, of: reader.name, firstLine: first)
        }
    }

    private func answer(_ lines: [String], of source: String, firstLine: Int) throws {
        let all = try model.translate(
            lines, options, batchSize: batchSize, source: source, firstLine: firstLine)
        for (index, (line, found)) in zip(lines, all).enumerated() {
            try ComputedNumbers.require(found.map(\.logProbability))
            if found.contains(where: \.sourceIsCut) {
                let tokens = model.configuration.tokenizer.kind
                quiet.note(
                    "\(source), line \(firstLine + index): has more than "
                        + "\(Translator.mostTokens(of: tokens)) \(tokens.rawValue); the rest is left out")
            }
            let translations = line.allSatisfy(\.isWhitespace) ? [] : found
            if json {
                try Console.resultLine(try output.object(line, translations).serialized())
            } else {
                try Console.result(output.text(translations))
            }
        }
    }
}
