import ArgumentParser

struct TrainTranslatorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "translate",
        abstract: "Train a translator: a sequence from another one, of any length.",
        discussion: """
            Reads TSV: the source, a tab, the target, a line a pair. The encoder runs both ways; \
            --bidirectional is about it.

            Example:
              seqnet train translate --train train.tsv --valid valid.tsv --split-punctuation --lowercase
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Tokens") var tokens: TokenArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Translator") var translator: TranslatorArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try TranslatorPlan(self, &$0)
        }.run()
    }
}
