import ArgumentParser

struct TrainClassifierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Train a classifier: the label of a text.",
        discussion: """
            Reads CSV or TSV. Columns are named by the header, or by number where there is none.

            Example:
              seqnet train classify --train reviews.csv --text-column text --label-column rating
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Columns") var columns: TextColumnArguments
    @OptionGroup(title: "Tokens") var tokens: TokenArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Classifier") var classifier: ClassifierArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try ClassifierPlan(self, &$0)
        }.run()
    }
}
