import ArgumentParser

struct TrainGeneratorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Train a generator: a sequence for a label or a vector.",
        discussion: """
            Reads TSV, a label, a tab and a text a line, or books of tunes in ABC. Labels that are two \
            or more numbers divided by commas are vectors.

            Example:
              seqnet train generate --train jigs.abc reels.abc --tokens characters
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Tokens") var tokens: TokenArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Generator") var generator: GeneratorArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try GeneratorPlan(self, &$0)
        }.run()
    }
}
