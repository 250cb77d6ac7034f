import SeqNet

/// Tells to which of several classes a sequence of tokens belongs (many-to-one).
final class SequenceClassifier {
    let parameters = ParameterBlock()
    private let embedding: Embedding
    private let recurrent: RecurrentStack
    private let output: SoftmaxOutput

    init(_ cell: Cell, vocabulary: Int, classes: Int, size: Int) {
        embedding = Embedding(
            vocabulary: vocabulary, size: size, initializer: .uniform(bound: 1), in: parameters)
        recurrent = RecurrentStack(
            cell, inputSize: size, hiddenSize: size, prefix: "rnn.", in: parameters)
        output = SoftmaxOutput(inputSize: size, vocabulary: classes, in: parameters)
    }

    /// The state after each sequence, [sequences, size]. The longest sequence comes first.
    private func lastStates(_ sequences: [[Int32]], _ tape: Tape) -> Tensor {
        let batch = PackedBatch(lengths: sequences.map(\.count))
        let tokens = (0..<batch.steps).flatMap { step in
            sequences.prefix { $0.count > step }.map { $0[step] }
        }
        return recurrent(embedding(tokens, tape), batch, tape).last!.final.hidden
    }

    /// The cross-entropy of each sequence's class.
    func loss(_ sequences: [[Int32]], classes: [Int32], _ tape: Tape) -> Loss {
        output.loss(lastStates(sequences, tape), targets: classes, tape)
    }

    /// [sequences, classes]: the softmax of a row is the distribution over the classes.
    func logits(_ sequences: [[Int32]], _ tape: Tape) -> Tensor {
        output.logits(lastStates(sequences, tape), tape)
    }
}
