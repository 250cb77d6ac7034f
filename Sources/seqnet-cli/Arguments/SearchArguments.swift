import ArgumentParser
import SeqNet

/// How translations are looked for.
struct SearchArguments: ParsableArguments {
    @Option(
        help: .init("translate: hypotheses kept at each step. (default: \(BeamSearchOptions.standard.beam))", valueName: "n"))
    var beam: Int?

    /// The size changes no result, so that a script may give it whatever the model's task is.
    @Option(
        help: .init("The most sequences of one forward pass; changes no result.", valueName: "n"))
    var batchSize: Int = 32

    var taskOptions: [TaskOption] { [TaskOption("--beam", of: TranslatorPlan.task, beam)] }

    /// - Parameter nBest: translations of each sentence.
    /// - Throws: `usage` for numbers out of range.
    func options(nBest: Int = 1) throws -> BeamSearchOptions {
        try BeamSearchOptions(beam: beam ?? BeamSearchOptions.standard.beam, nBest: nBest)
    }

    func validate() throws {
        guard batchSize >= 1 else {
            throw ValidationError("--batch-size \(batchSize): give at least 1")
        }
    }
}
