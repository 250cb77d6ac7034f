import ArgumentParser
import SeqNet

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write new text with a language model.")

    @OptionGroup var path: ModelPathArgument

    @Option(help: .init("Text to go on from. (default: none, a text begins)", valueName: "text"))
    var prompt: String = ""

    @Option(help: .init("New tokens. (default: 500; words 100)", valueName: "n"))
    var length: Int?

    @Option(help: .init("Texts to write.", valueName: "n"))
    var count: Int = 1

    @Option(help: .init("Below 1 likelier, above 1 bolder; 0 takes the likeliest.", valueName: "x"))
    var temperature: Double = 1

    @Option(
        help: .init("Draw from the k likeliest tokens only. (default: all)", valueName: "k"))
    var topK: Int?

    @Option(
        help: .init("Draw from the likeliest tokens that make up this probability.", valueName: "x"))
    var topP: Double = 1

    @Option(
        help: .init("Seed of the random numbers. (default: random, printed on stderr)",
            valueName: "n"))
    var seed: Int?

    @Flag(help: "Let <unk> be drawn too.")
    var allowUnknown = false

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object a text.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    func run() throws {
        let options = try SamplingOptions(
            temperature: temperature, topK: topK, topP: topP, allowsUnknown: allowUnknown)
        guard count >= 1 else { throw SeqNetError(.usage, "--count \(count): give at least 1") }
        if let seed, seed < 0 {
            throw SeqNetError(.usage, "--seed \(seed): give a number from 0 upwards")
        }
        let context = try threads.context()
        let model = try path.languageModel(context)
        let generator = TextGenerator(model, context)
        let seed = seed.map { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
        if self.seed == nil { quiet.note("--seed \(seed)") }
        let length = length ?? (model.configuration.tokenizer.kind == .words ? 100 : 500)
        for sequence in 0..<count {
            try write(generator, options, length, seed, sequence)
        }
    }

    private func write(
        _ generator: TextGenerator, _ options: SamplingOptions, _ length: Int, _ seed: UInt64,
        _ sequence: Int
    ) throws {
        var text = ""
        if !json && !prompt.isEmpty { try Console.result(prompt + separator(of: generator.model)) }
        let made = try generator.generate(
            prompt: prompt, length: length, options: options, seed: seed, sequence: sequence
        ) { piece in
            if json { text += piece } else { try Console.result(piece) }
        }
        if json {
            let object: JSONValue = [
                "prompt": .string(prompt), "text": .string(text), "tokens": .integer(made.tokens),
                "seed": .integer(Int(seed)), "sequence": .integer(sequence),
            ]
            try Console.resultLine(try object.serialized())
        } else {
            try Console.result("\n")
        }
        if made.promptUnknownCount > 0, sequence == 0 {
            quiet.note(
                "the prompt has \(made.promptUnknownCount) of \(made.promptTokens) tokens that the "
                    + "model does not know; they are taken as <unk>")
        }
    }

    /// What stands between a prompt and the text that goes on from it.
    private func separator(of model: LanguageModel) -> String {
        model.configuration.tokenizer.kind == .words && prompt.last?.isWhitespace != true ? " " : ""
    }
}
