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
        let context = try? KernelContext()
        let isa = context?.instructionSet ?? "no instruction set: see SEQNET_ISA"
        let threads =
            KernelContext.hasThreads
            ? "OpenMP, \(context?.threads ?? 1) threads" : "one thread, built without OpenMP"
        return "seqnet \(SeqNetVersion.current) (\(isa); \(threads))"
    }
}
