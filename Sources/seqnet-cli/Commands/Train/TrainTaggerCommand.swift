import ArgumentParser

struct TrainTaggerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Train a tagger: a tag for each word of a sentence.",
        discussion: """
            Reads CoNLL-U, or a word and its tag a line with a blank line between sentences, told by \
            content. BIO and BIOES tags are scored as entities.

            Example:
              seqnet train tag --train train.conllu --valid dev.conllu --character-lstm
            """)

    @OptionGroup(title: "Data") var data: DataArguments
    @OptionGroup(title: "Columns") var column: TagColumnArgument
    @OptionGroup(title: "Vocabulary") var vocabulary: VocabularyArguments
    @OptionGroup(title: "Model") var model: ModelArguments
    @OptionGroup(title: "Tagger") var tagger: TaggerArguments
    @OptionGroup(title: "Training") var training: TrainingArguments
    @OptionGroup(title: "Run") var runArguments: RunArguments

    func run() throws {
        try TrainingRun(runArguments, hasData: !data.train.isEmpty) {
            try TaggerPlan(self, &$0)
        }.run()
    }
}
