import ArgumentParser
import SeqNet

/// What only a generator has.
struct GeneratorArguments: ParsableArguments {
    @Option(
        help: .init("Where a tune in ABC has its label: file, or the letter of a header field. "
            + "(default: file)", valueName: "place"))
    var label: String?

    @Option(
        help: .init("Where the condition enters the network. (default: initial)", valueName: "mode"))
    var condition: ConditionMode?
}
