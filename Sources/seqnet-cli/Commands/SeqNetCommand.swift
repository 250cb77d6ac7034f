import ArgumentParser
import SeqNet

struct SeqNetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seqnet",
        abstract: "Train and run recurrent sequence models on the CPU.",
        discussion: """
            A first try:
              seqnet make-data agreement --out data
              seqnet train lm --train data/train.txt --tokens words
            """,
        version: version,
        subcommands: [
            TrainCommand.self, EvaluateCommand.self, PredictCommand.self, SampleCommand.self, ScoreCommand.self,
            InspectCommand.self, BenchCommand.self, MakeDataCommand.self, CheckTunesCommand.self,
        ])

    /// The release, the instruction set in use, and whether threads are built in.
    private static var version: String {
        "seqnet \(SeqNetVersion.current) (\(kernels))"
    }

    private static var kernels: String {
        do {
            let context = try KernelContext(), count = context.threads
            let threads =
                KernelContext.hasThreads
                ? "OpenMP, \(count) thread\(count == 1 ? "" : "s")"
                : "one thread, built without OpenMP"
            return "\(context.instructionSet); \(threads)"
        } catch {
            return "\(error)"
        }
    }
}
