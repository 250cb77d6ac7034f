import SeqNet

/// `evaluate` of a translator.
struct TranslatorReport {
    private let model: Translator
    private let output: EvaluationOutput

    init(_ model: Translator, _ output: EvaluationOutput) {
        self.model = model
        self.output = output
    }

    /// - Parameter shown: how the translations are shown before the metrics; nil for not at all.
    func evaluate(
        _ path: String, _ options: BeamSearchOptions, batchSize: Int, shown: TranslationOutput?
    ) throws {
        let status = output.status
        let part = try TranslatorPart(
            ParallelFile(contentsOf: path).pairs, name: path, model.configuration.tokenizer, model.text)
        var translations = [[Translation]](repeating: [], count: shown == nil ? 0 : part.pairs.count)
        let evaluation = try model.evaluate(
            part, options, batchSize: batchSize,
            onTranslated: { if shown != nil { translations[$0] = $1 } },
            onProgress: { share in
                status.show { StatusText.evaluating(path, share, width: $0) }
            })
        try ComputedNumbers.require(evaluation.loss)
        let unknown = evaluation.unknown + evaluation.unknownSources
        if unknown > 0 {
            output.note(
                "\(path): \(unknown) of \(part.sourceTokens + part.targetTokens) tokens are "
                    + "unknown to the model and taken as <unk>")
        }
        if let cut = part.cutNote { output.note(cut) }
        var metrics = evaluation.json
        if let shown {
            if output.json {
                metrics["translations"] = .array(
                    zip(part.pairs, translations).map { shown.object($0.source, $1) })
            } else {
                for found in translations { try Console.result(shown.text(found)) }
            }
        }
        try output.show(metrics)
    }
}
