import ArgumentParser
import SeqNet

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Tags, labels or translations, as the input comes; the next values of a series.",
        discussion: """
            tag: a word a line, and a blank line between sentences; with --lines a sentence a line. The \
            words come out with their tags, a line each, as soon as their sentence is in.
            classify: a text a line; a label a line comes out as soon as its text is in. With \
            --text-column CSV or TSV is read instead, a label a record; it has a header if files with \
            these columns had one in training. A text without a word gets an empty line.
            translate: a sentence a line; with --n-best a line for each of its translations.
            forecast: CSV or TSV with the columns of training; out comes CSV with the rows after the last \
            one, in the units of the columns.
            """)

    @OptionGroup var path: ModelPathArgument

    @Argument(help: .init("The texts or the series, - for stdin.", valueName: "file"), completion: .file())
    var file: String = "-"

    @Option(
        help: .init("classify: column of the text in CSV or TSV. (default: none, a text a line)",
            valueName: "column"))
    var textColumn: String?

    @Flag(help: "tag: read a sentence a line, words divided by white space.")
    var lines = false

    @OptionGroup var search: SearchArguments

    @Option(
        help: .init("translate: translations of each sentence, at most --beam. (default: 1)",
            valueName: "n"))
    var nBest: Int?

    @Flag(help: "translate: show which source words each word looked at.")
    var showAttention = false

    @OptionGroup var threads: ThreadArguments

    @Flag(help: "Print one JSON object a record, with scores.")
    var json = false

    @OptionGroup var quiet: QuietArgument

    private var taskOptions: [TaskOption] {
        [
            TaskOption("--text-column", of: ClassifierPlan.task, textColumn),
            TaskOption("--lines", of: TaggerPlan.task, isGiven: lines),
            TaskOption("--n-best", of: TranslatorPlan.task, nBest),
            TaskOption("--show-attention", of: TranslatorPlan.task, isGiven: showAttention),
        ] + search.taskOptions
    }

    func run() throws {
        let context = try threads.context()
        let model = try path.open()
        if [LanguageModelPlan.task, GeneratorPlan.task].contains(model.metadata.task) {
            throw SeqNetError(
                .usage, "model '\(model.path)': writes texts and predicts nothing of them; use seqnet "
                    + "sample, or seqnet score with a language model")
        }
        try model.refuse(taskOptions)
        switch model.metadata.task {
        case TaggerPlan.task:
            try TaggerPredictions(
                Tagger(model, context), layout: lines ? .sentenceALine : .wordALine, json: json
            ).run(file)
        case ForecasterPlan.task:
            try ForecasterPredictions(Forecaster(model, context), json: json).run(file)
        case TranslatorPlan.task:
            try TranslatorPredictions(
                Translator(model, context),
                search.options(nBest: nBest ?? 1), batchSize: search.batchSize,
                showsAttention: showAttention, json: json, quiet: quiet
            ).run(file)
        default:
            try ClassifierPredictions(
                Classifier(model, context), batchSize: search.batchSize, json: json, quiet: quiet)
                .run(file, textColumn: textColumn.map { ColumnReference($0) })
        }
    }
}
