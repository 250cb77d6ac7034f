import ArgumentParser

@main
struct SeqNetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seqnet",
        abstract: "Train and run recurrent sequence models on the CPU.")
}
