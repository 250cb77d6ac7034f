import ArgumentParser
import SeqNet

struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "What is inside a model; with data: how far back its gradient reaches.")

    @OptionGroup var path: ModelPathArgument

    @Option(
        help: .init("lm: a text; shows the gradient by time lag and saturated gates. (default: none)",
            valueName: "file"), completion: .file())
    var data: String?

    @Option(
        parsing: .upToNextOption,
        help: .init("Further models whose gradient is drawn beside it. (default: none)",
            valueName: "model"), completion: .file())
    var compare: [String] = []

    @Option(help: .init("Greatest lag, in steps.", valueName: "k"))
    var lags: Int = 50

    @Option(
        help: .init("Draw the gradient by lag into a file too. (default: none)", valueName: "file"),
        completion: .file(extensions: ["svg"]))
    var svg: String?

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        if data == nil, svg != nil || !compare.isEmpty {
            throw ValidationError("--svg and --compare show the gradient on a text; give --data FILE too")
        }
    }

    func run() throws {
        let context = try threads.context()
        let file = try path.open()
        let content = ModelDescription(file)
        let reach = try data.map { data in
            let model = try LanguageModel(file, context)
            let others = try compare.map { try LanguageModel(contentsOf: $0, context) }
            return try ReachDescription(model, others, path: data, lags: lags, context)
        }
        if let svg, let reach { try AtomicFile.write(reach.chart.svg(), to: svg) }
        if json {
            let object = content.json.merging(reach?.json ?? [:]) { old, _ in old }
            try Console.resultLine(try JSONValue.object(object).serialized())
        } else {
            try Console.result(try content.text())
            if let reach { try Console.result("\n" + reach.text) }
        }
    }
}
