import SeqNet

/// `sample` of a language model.
struct LanguageModelSamples {
    private let generator: TextGenerator
    private let output: SampleOutput

    init(_ model: LanguageModel, _ context: KernelContext, _ output: SampleOutput) {
        generator = TextGenerator(model, context)
        self.output = output
    }

    private var isOfWords: Bool { generator.model.configuration.tokenizer.kind == .words }

    func write(_ draws: SampleDraws, prompt: String) throws {
        for sequence in 0..<draws.count { try write(draws, prompt, sequence) }
    }

    private func write(_ draws: SampleDraws, _ prompt: String, _ sequence: Int) throws {
        var text = ""
        if !output.json && !prompt.isEmpty { try Console.result(prompt) }
        let made = try generator.generate(
            prompt: prompt, length: draws.length ?? (isOfWords ? 100 : 500), options: draws.options,
            seed: draws.seed, sequence: sequence
        ) { piece in
            if output.json { text += piece } else { try Console.result(piece) }
        }
        if output.json {
            let object: JSONValue = [
                "prompt": .string(prompt), "text": .string(text), "tokens": .integer(made.tokens),
                "seed": .integer(Int(draws.seed)), "sequence": .integer(sequence),
            ]
            try Console.resultLine(try object.serialized())
        } else {
            try Console.result("\n")
        }
        if sequence == 0 { output.note(made) }
    }
}
