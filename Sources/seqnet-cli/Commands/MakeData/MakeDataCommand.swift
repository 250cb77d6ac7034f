import ArgumentParser

struct MakeDataCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make-data",
        abstract: "Write a generated data set.",
        subcommands: [
            MakeAgreementCommand.self, MakeNamesCommand.self, MakeReviewsCommand.self,
            MakeTunesCommand.self, MakeDatesCommand.self, MakeWavesCommand.self,
        ])
}
