import ArgumentParser
import SeqNet

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Write new text with a language model, or sequences with a generator.")

    @OptionGroup var path: ModelPathArgument

    @Option(help: .init("Text to go on from. (default: none, a text begins)", valueName: "text"))
    var prompt: String = ""

    @Option(
        help: .init("New tokens; of a generator, the most. (default: 500, words 100; generate 3000)",
            valueName: "n"))
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

    @Option(help: .init("generate: label to write for. (default: drawn for each text)", valueName: "label"))
    var label: String?

    @Option(
        help: .init("generate: vector to write for. (default: none)", valueName: "x,y,…"))
    var vector: String?

    @Option(
        help: .init("generate: play the tune into a Standard MIDI File too. (default: none)",
            valueName: "file"),
        completion: .file(extensions: ["mid"]))
    var midi: String?

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object a text.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    private var taskOptions: [TaskOption] {
        [
            TaskOption("--label", of: GeneratorPlan.task, label),
            TaskOption("--vector", of: GeneratorPlan.task, vector),
            TaskOption("--midi", of: GeneratorPlan.task, midi),
        ]
    }

    func run() throws {
        let options = try SamplingOptions(
            temperature: temperature, topK: topK, topP: topP, allowsUnknown: allowUnknown)
        guard count >= 1 else { throw SeqNetError(.usage, "--count \(count): give at least 1") }
        if let seed, seed < 0 {
            throw SeqNetError(.usage, "--seed \(seed): give a number from 0 upwards")
        }
        let context = try threads.context()
        let model = try path.open()
        try model.require(task: LanguageModelPlan.task, GeneratorPlan.task)
        try model.refuse(taskOptions)
        let number = seed.map { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
        let draws = SampleDraws(options: options, seed: number, count: count, length: length)
        let output = SampleOutput(json: json, quiet: quiet)
        if seed == nil { quiet.note("--seed \(number)") }
        if model.metadata.task == GeneratorPlan.task {
            try GeneratorSamples(Generator(model, context), context, output).write(
                draws, prompt: prompt, label: label, vector: vector, midi: midi)
            return
        }
        try LanguageModelSamples(LanguageModel(model, context), context, output)
            .write(draws, prompt: prompt)
    }
}
