import CKernels

/// The likeliest words of rows of an output layer; their logits are not kept, and no gradient
/// goes through the choice.
struct LikeliestWords {
    /// Words of each row.
    let count: Int
    /// [rows, count] logarithms of probabilities, the greatest first, and the words.
    let logProbabilities: UnsafeMutablePointer<Float>
    let words: UnsafeMutablePointer<Int32>

    private let output: SoftmaxOutput
    private let logits: UnsafeMutablePointer<Float>
    private let context: KernelContext

    /// - Parameters:
    ///   - count: at most the vocabulary.
    ///   - rows: the most that are asked for at once.
    ///   - tape: in whose memory the results lie.
    init(_ output: SoftmaxOutput, count: Int, rows: Int, _ tape: Tape) {
        precondition(count >= 1 && count <= output.vocabulary, "1 … vocabulary words of each row")
        self.output = output
        self.count = count
        context = tape.context
        logits = tape.workspace.floats(rows * output.vocabulary)
        logProbabilities = tape.workspace.floats(rows * count)
        words = tape.workspace.integers(rows * count)
    }

    /// Finds those of `rows` inputs [rows, inputSize].
    func find(_ input: UnsafePointer<Float>, rows: Int) {
        output.logits(input, rows: rows, into: logits, output.packedWeight(context), context)
        sn_log_softmax_top(
            context.pointer, logProbabilities, words, logits, rows, output.vocabulary, count)
    }
}
