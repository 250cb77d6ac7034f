import ArgumentParser
import SeqNet

/// What only a classifier has.
struct ClassifierArguments: ParsableArguments {
    @Option(help: .init("How the states of a text become one vector. (default: max)", valueName: "kind"))
    var pooling: PoolingKind?

    @Flag(
        inversion: .prefixedNo,
        help: "Let every label count alike, however rare it is. (default: no)")
    var classWeights: Bool?

    @OptionGroup var vectors: WordVectorArguments
}
