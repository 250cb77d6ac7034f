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
        help: .init("generate: where a tune in ABC has its label: file, or the letter of a header field. "
            + "(default: as in training)", valueName: "place"))
    var label: String?

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

    private var taskOptions: [TaskOption] {
        [
            TaskOption("--pairs", of: LanguageModelPlan.task, pairs),
            TaskOption("--text-column", of: ClassifierPlan.task, textColumn),
            TaskOption("--label-column", of: ClassifierPlan.task, labelColumn),
            TaskOption("--column", of: TaggerPlan.task, column),
            TaskOption("--label", of: GeneratorPlan.task, label),
            TaskOption("--n-best", of: TranslatorPlan.task, nBest),
            TaskOption("--show-attention", of: TranslatorPlan.task, isGiven: showAttention),
        ] + search.taskOptions
    }

    func validate() throws {
        if [file, data, pairs].compactMap({ $0 }).count > 1 {
            throw ValidationError(
                pairs == nil ? "Give one of a file and --data." : "Give one of a file, --data and --pairs.")
        }
    }

    func run() throws {
        let context = try threads.context()
        let model = try path.open()
        try model.refuse(taskOptions)
        let output = EvaluationOutput(json: json, quiet: quiet)
        if let pairs {
            try LanguageModelReport(LanguageModel(model, context), context, output)
                .evaluate(MinimalPairs(contentsOf: pairs), batchSize: search.batchSize)
            return
        }
        guard let data = file ?? data else {
            let pairs = model.metadata.task == LanguageModelPlan.task
            throw SeqNetError(
                .usage, "evaluate: name a file to evaluate on"
                    + (pairs ? ", or minimal pairs with --pairs" : ""))
        }
        switch model.metadata.task {
        case TaggerPlan.task:
            try TaggerReport(Tagger(model, context), output).evaluate(data, column: column)
        case ClassifierPlan.task:
            try ClassifierReport(Classifier(model, context), output).evaluate(
                data, textColumn: textColumn, labelColumn: labelColumn, batchSize: search.batchSize)
        case GeneratorPlan.task:
            try GeneratorReport(Generator(model, context), context, output)
                .evaluate(data, label: label, batchSize: search.batchSize)
        case ForecasterPlan.task:
            try ForecasterReport(Forecaster(model, context), output).evaluate(data)
        case TranslatorPlan.task:
            let translator = try Translator(model, context)
            let shown = try TranslationOutput(translator, showsAttention: showAttention)
            try TranslatorReport(translator, output).evaluate(
                data, search.options(nBest: nBest ?? 1), batchSize: search.batchSize,
                shown: nBest != nil || showAttention ? shown : nil)
        default:
            try LanguageModelReport(LanguageModel(model, context), context, output).evaluate(data)
        }
    }
}
