import ArgumentParser
import SeqNet

struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the speed of kernels and of training on this machine.",
        discussion: """
            Each result stands beside the limit of arithmetic, measured in the same \
            run: the multiply-adds a second that the threads do from registers alone. \
            Leave the machine alone meanwhile.
            """,
        subcommands: [
            BenchRecurrentCommand.self, BenchLanguageModelCommand.self, BenchProductCommand.self,
            BenchActivationsCommand.self, BenchSuiteCommand.self,
        ])
}
