import ArgumentParser
import SeqNet

struct TrainForecasterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Train a forecaster: the next values of a series.",
        discussion: """
            Reads CSV or TSV with a header, a row a time step. Every forecast row lies wholly inside its \
            part of the data, what is read for it may lie before; values are standardised by the training \
            rows.

            Example:
              seqnet train forecast --train ETTh1.csv --target OT --context 96 --horizon 24
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Series") var forecast: ForecastArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try ForecasterPlan(self, &$0)
        }.run()
    }
}
