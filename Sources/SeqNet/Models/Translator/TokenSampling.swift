import CKernels

/// Puts the model's own likeliest tokens in place of given ones, each with some probability
/// (scheduled sampling, Bengio et al. 2015). No gradient goes through the choice.
struct TokenSampling {
    private let rate: Float
    private let output: SoftmaxOutput
    private let likeliest: LikeliestWords
    private let chosenInputs: UnsafeMutablePointer<Float>
    private let tape: Tape

    init(_ output: SoftmaxOutput, rate: Float, _ batch: PackedBatch, _ tape: Tape) {
        self.rate = rate
        self.output = output
        self.tape = tape
        likeliest = LikeliestWords(output, count: 1, rows: batch.sequences, tape)
        chosenInputs = tape.workspace.floats(batch.sequences * output.inputSize)
    }

    /// - Parameters:
    ///   - tokens: of the first sequences.
    ///   - last: by which the model predicts them.
    func replaceSome(of tokens: inout [Int32], by last: Tensor) {
        let (seed, stream) = tape.nextRandomStream()
        var random = Random(seed: seed, stream: stream)
        let draws = tokens.map { _ in random.uniformFloat() }
        let chosen = tokens.indices.filter { draws[$0] < rate }.map { Int32($0) }
        if chosen.isEmpty { return }
        sn_embedding_forward(
            tape.context.pointer, chosenInputs, last.values, chosen, chosen.count, last.columns)
        likeliest.find(chosenInputs, rows: chosen.count)
        for (index, row) in chosen.enumerated() { tokens[Int(row)] = likeliest.words[index] }
    }
}
