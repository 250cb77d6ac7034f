import ArgumentParser

struct TrainLanguageModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lm",
        abstract: "Train a language model: the next token of a text, given all before it.",
        discussion: """
            Example:
              seqnet train lm --train input.txt --hidden-size 256 --epochs 10
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Tokens") var tokens: TokenArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Language model") var languageModel: LanguageModelArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try LanguageModelPlan(self, &$0)
        }.run()
    }
}
