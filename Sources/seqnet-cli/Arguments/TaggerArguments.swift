import ArgumentParser
import SeqNet

/// What only a tagger has.
struct TaggerArguments: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: "Read the characters of each word too, with an LSTM both ways. (default: no)")
    var characterLSTM: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Choose the tags of a sentence together, by a conditional random field. (default: no)")
    var crf: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: "Look words up in lower case; their characters stay as they are. (default: no)")
    var lowercaseWords: Bool?

    @Option(
        help: .init("How often a rare word (met three times at most) is taken for <unk> while "
            + "training. (default: 0.3)", valueName: "p"))
    var wordDropout: Float?

    @OptionGroup var vectors: WordVectorArguments
}
