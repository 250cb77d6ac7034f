#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The top of a tagger: from hidden states to tags.
enum TagOutput: Sendable {
    /// Each word's tag by itself.
    case softmax(SoftmaxOutput)
    /// The tags of a sentence together: scores of each word's tags, and of each tag after another.
    case field(scores: Linear, ConditionalRandomField)

    init(_ tagSet: TagSet, inputSize: Int, crf: Bool, in block: ParameterBlock) {
        let count = tagSet.learned.count
        guard crf else {
            self = .softmax(SoftmaxOutput(inputSize: inputSize, vocabulary: count, in: block))
            return
        }
        self = .field(
            scores: Linear(inputSize: inputSize, outputSize: count, prefix: "output.", in: block),
            ConditionalRandomField(
                tags: count, allowsTransition: { tagSet.allows($0, then: $1) },
                allowsStart: { tagSet.allows(nil, then: $0) },
                allowsEnd: { tagSet.allows($0, then: nil) }, in: block))
    }

    /// The loss of the right tags, in nats; its mean over the rows is what gradients are of.
    /// - Parameters:
    ///   - hidden: [rows, inputSize].
    ///   - targets: a learned tag for each row.
    func loss(_ hidden: Tensor, targets: [Int32], _ batch: PackedBatch, _ tape: Tape) -> Loss {
        switch self {
        case .softmax(let output): output.loss(hidden, targets: targets, tape)
        case .field(let scores, let field):
            field.loss(scores(hidden, tape), targets: targets, batch, tape)
        }
    }

    /// The likeliest tags; only without recording.
    /// - Parameter withProbabilities: whether that of each tag is wanted, given all that its
    ///   sentence may be tagged with.
    /// - Returns: a learned tag for each row, and the probabilities, [rows, learned tags].
    func decode(
        _ hidden: Tensor, _ batch: PackedBatch, withProbabilities: Bool, _ tape: Tape
    ) -> (tags: [Int32], probabilities: Tensor?) {
        switch self {
        case .softmax(let output):
            let all = output.logProbabilities(hidden, tape)
            let tags = (0..<all.rows).map { row in Self.greatest(in: all, row: row) }
            guard withProbabilities else { return (tags, nil) }
            for index in 0..<all.rows * all.columns { all.values[index] = exp(all.values[index]) }
            return (tags, all)
        case .field(let scores, let field):
            let emissions = scores(hidden, tape)
            let tags = field.decode(emissions, batch, tape)
            guard withProbabilities else { return (tags, nil) }
            return (tags, field.marginals(emissions, batch, tape))
        }
    }

    /// The first of the greatest columns of a row.
    private static func greatest(in tensor: Tensor, row: Int) -> Int32 {
        let values = tensor.values + row * tensor.columns
        var best = 0
        for column in 1..<tensor.columns where values[column] > values[best] { best = column }
        return Int32(best)
    }
}
