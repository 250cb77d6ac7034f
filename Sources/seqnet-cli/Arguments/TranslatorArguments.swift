import ArgumentParser
import SeqNet

/// What only a translator has.
struct TranslatorArguments: ParsableArguments {
    @Option(help: .init("How the decoder looks at the source. (default: additive)", valueName: "kind"))
    var attention: AttentionKind?

    @Flag(
        inversion: .prefixedNo,
        help: "Let each step read what the step before predicted its token by. (default: no)")
    var inputFeeding: Bool?

    @Option(
        help: .init("Probability that training reads the model's own token before. (default: 0)",
            valueName: "p"))
    var scheduledSampling: Float?

    @Flag(
        inversion: .prefixedNo,
        help: "Share the weight of the target's embedding and the output. (default: no)")
    var tieEmbeddings: Bool?
}
