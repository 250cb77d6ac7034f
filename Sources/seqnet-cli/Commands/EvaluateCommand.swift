import ArgumentParser
import SeqNet

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a model on a file.",
        discussion: """
            A text is read as one stream from a zero state; each token but the first is predicted \
            from all before it. With --pairs: how often the right one of two lines is likelier.
            """)

    @OptionGroup var path: ModelPathArgument

    @Argument(help: .init("A text.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: .init("A text; the same as the argument. (default: none)", valueName: "file"),
        completion: .file())
    var data: String?

    @Option(
        help: .init("Minimal pairs: group TAB right TAB wrong, a line each. (default: none)",
            valueName: "file"), completion: .file())
    var pairs: String?

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    func validate() throws {
        let given = [file, data, pairs].compactMap { $0 }
        if given.count != 1 {
            throw ValidationError(
                given.isEmpty
                    ? "Name a text to evaluate on, or minimal pairs with --pairs."
                    : "Give one of a file, --data and --pairs.")
        }
    }

    func run() throws {
        let context = try threads.context()
        let model = try path.load(context)
        if let pairs {
            try evaluatePairs(MinimalPairs(contentsOf: pairs), model, context)
        } else {
            try evaluateText(file ?? data!, model, context)
        }
    }

    private func evaluateText(
        _ path: String, _ model: LanguageModel, _ context: KernelContext
    ) throws {
        let status = StatusLine(isQuiet: quiet.quiet)
        let part = try Corpus.encode(
            [path], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: TemporaryFolderPath.current
        ) { bytes in status.show { StatusText.reading(bytes, width: $0) } }
        let evaluation = try model.evaluate(part, context) { share in
            status.show { StatusText.evaluating(path, share, width: $0) }
        }
        if json {
            try Console.resultLine(try evaluation.json.serialized())
            return
        }
        if evaluation.unknown > 0 {
            quiet.note(
                "\(path): \(evaluation.unknown) of \(part.count) tokens are unknown to the model "
                    + "and taken as <unk>")
        }
        try Console.resultLine(MetricsText.table(evaluation.json))
    }

    private func evaluatePairs(
        _ pairs: MinimalPairs, _ model: LanguageModel, _ context: KernelContext
    ) throws {
        let accuracy = try pairs.accuracy(of: LineScorer(model, context))
        if json {
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
