import ArgumentParser

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a model.",
        subcommands: [
            TrainLanguageModelCommand.self, TrainTaggerCommand.self, TrainClassifierCommand.self,
            TrainGeneratorCommand.self, TrainTranslatorCommand.self, TrainForecasterCommand.self,
        ])
}
