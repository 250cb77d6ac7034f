import ArgumentParser
import SeqNet

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure a model on a file.",
        discussion: """
            lm: the text is read as one stream from a zero state; each token but the first is \
            predicted from all before it. With --pairs: how often the right one of two lines is \
            likelier.
            tag: words and tags, as for training.
            classify: CSV or TSV with texts and labels, as for training.
            generate: TSV of label and text, or tunes in ABC.
            translate: TSV, source and target.
            forecast: CSV or TSV with the columns of training; the errors are of standardised values.
            """)

    @OptionGroup var path: ModelPathArgument

    @Argument(help: .init("The data.", valueName: "file"), completion: .file())
    var file: String?

    @Option(help: .init("The data; the same as the argument. (default: none)", valueName: "file"),
        completion: .file())
    var data: String?

    @Option(
        help: .init("lm: minimal pairs: group TAB right TAB wrong, a line each. (default: none)",
            valueName: "file"), completion: .file())
    var pairs: String?

    @Option(
        help: .init("classify: column of the text. (default: as in training)", valueName: "column"))
    var textColumn: String?

    @Option(
        help: .init("classify: column of the label. (default: as in training)", valueName: "column"))
    var labelColumn: String?

    @Option(help: .init("tag: column of the tag. (default: as in training)", valueName: "column"))
    var column: String?

    @Option(
        help: .init("generate: where a tune in ABC has its label: file, or the letter of a header field.",
            valueName: "place"))
    var label: String = "file"

    @OptionGroup var search: SearchArguments

    @Option(
        help: .init("translate: print so many translations of each source too, at most --beam. "
            + "(default: none)", valueName: "n"))
    var nBest: Int?

    @Flag(help: "translate: print the translation of each source and which words it looked at.")
    var showAttention = false

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    func validate() throws {
        let given = [file, data, pairs].compactMap { $0 }
        if given.count != 1 {
            throw ValidationError(
                given.isEmpty
                    ? "Name a file to evaluate on, or minimal pairs with --pairs."
                    : "Give one of a file, --data and --pairs.")
        }
    }

    func run() throws {
        let context = try threads.context()
        let model = try path.open()
        let output = EvaluationOutput(json: json, quiet: quiet)
        if let pairs {
            try LanguageModelReport(LanguageModel(model, context), context, output)
                .evaluate(MinimalPairs(contentsOf: pairs), batchSize: search.batchSize)
            return
        }
        let data = file ?? data!
        switch model.metadata.task {
        case "tag":
            try TaggerReport(Tagger(model, context), output).evaluate(data, column: column)
        case "classify":
            try ClassifierReport(Classifier(model, context), output).evaluate(
                data, textColumn: textColumn, labelColumn: labelColumn, batchSize: search.batchSize)
        case "generate":
            try GeneratorReport(Generator(model, context), context, output)
                .evaluate(data, label: label, batchSize: search.batchSize)
        case "forecast":
            try ForecasterReport(Forecaster(model, context), output).evaluate(data)
        case "translate":
            let translator = try Translator(model, context)
            let shown = try TranslationOutput(translator, showsAttention: showAttention)
            try TranslatorReport(translator, output).evaluate(
                data, BeamSearchOptions(beam: search.beam, nBest: nBest ?? 1),
                batchSize: search.batchSize, shown: nBest != nil || showAttention ? shown : nil)
        default:
            try LanguageModelReport(LanguageModel(model, context), context, output).evaluate(data)
        }
    }
}

/// How an evaluation is shown.
struct EvaluationOutput {
    let json: Bool
    let quiet: QuietArgument

    var status: StatusLine { StatusLine(isQuiet: quiet.quiet) }

    /// The metrics as JSON, or as a table with `details` below it.
    func show(_ metrics: JSONValue, details: () -> String? = { nil }) throws {
        guard !json else { return try Console.resultLine(try metrics.serialized()) }
        try Console.resultLine(MetricsText.table(metrics))
        if let details = details() { try Console.result("\n" + details) }
    }

    /// A line on stderr, unless the result is for a program or nothing is wanted there.
    func note(_ text: String) { if !json { quiet.note(text) } }
}
