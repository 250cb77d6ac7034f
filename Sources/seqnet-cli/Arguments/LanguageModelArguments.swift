import ArgumentParser

/// What only a language model has.
struct LanguageModelArguments: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: "Share the weight of embedding and output; their sizes must be equal. (default: no)")
    var tieWeights: Bool?

    @Option(
        help: .init("Steps through which gradients run back (truncated BPTT). (default: 64)",
            valueName: "t"))
    var sequenceLength: Int?
}
