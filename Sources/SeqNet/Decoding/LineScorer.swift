/// Log-probabilities of lines under a language model.
///
/// Every line is a text of its own: it begins after a line end from a zero state, and its
/// closing symbol is scored too. Lines are computed side by side; a line's score has the
/// same bits whatever stands beside it.
///
/// ```swift
/// let lines = ["the cat sat", "the cat sit"].map { try tokenizer.encode(line: $0, with: vocabulary) }
/// LineScorer(model, context).scores(of: lines).map(\.logProbability)
/// ```
public final class LineScorer {
    public let model: LanguageModel
    /// How many lines are computed side by side.
    public let batchSize: Int
    private let tape: Tape

    /// - Parameters:
    ///   - model: packed for the context's instruction set, as a loaded model is.
    ///   - context: which kernels run on how many threads.
    ///   - batchSize: how many lines are computed side by side; the scores do not depend on it.
    public init(_ model: LanguageModel, _ context: KernelContext, batchSize: Int = 64) {
        precondition(batchSize >= 1, "a batch holds at least one line")
        self.model = model
        self.batchSize = batchSize
        tape = Tape(inference: context)
    }

    /// The score of each line, in the order of the lines.
    ///
    /// - Parameter lines: as `Tokenizer.encode(line:with:)` gives them, so each with its
    ///   closing symbol.
    public func scores(of lines: [EncodedText]) -> [LineScore] {
        precondition(lines.allSatisfy { !$0.ids.isEmpty }, "a line has its closing symbol")
        return stride(from: 0, to: lines.count, by: batchSize).flatMap { first in
            scores(ofBatch: lines[first..<min(first + batchSize, lines.count)])
        }
    }

    private func scores(ofBatch lines: ArraySlice<EncodedText>) -> [LineScore] {
        let order = lines.indices.sorted {
            let (left, right) = (lines[$0].ids.count, lines[$1].ids.count)
            return left == right ? $0 < $1 : left > right
        }
        let sums = logProbabilities(order.map { lines[$0].ids })
        var scores: [LineScore?] = Array(repeating: nil, count: lines.count)
        for (index, sum) in zip(order, sums) {
            scores[index - lines.startIndex] = LineScore(
                logProbability: sum, tokens: lines[index].ids.count,
                unknownCount: lines[index].unknownCount)
        }
        return scores.map { $0! }
    }

    /// The log-probability of each line.
    /// - Parameter lines: longest first.
    private func logProbabilities(_ lines: [[Int32]]) -> [Double] {
        let state = CarriedState(model.recurrent, sequences: lines.count)
        var sums = [Double](repeating: 0, count: lines.count)
        for chunk in StepChunk.chunks(of: lines.map(\.count)) {
            tape.reset()
            let (loss, passes) = model.loss(
                chunk.rows { line, step in step == 0 ? model.vocabulary.lineEnd : lines[line][step - 1] },
                targets: chunk.rows { line, step in lines[line][step] }, chunk.batch,
                initial: state.layers(sequences: chunk.batch.sequences), tape)
            state.update(from: passes)
            // Each line's losses are added in the order of its tokens.
            for step in 0..<chunk.batch.steps {
                let rows = chunk.batch.firstRow(of: step)..<chunk.batch.firstRow(of: step + 1)
                for (line, row) in rows.enumerated() { sums[line] -= Double(loss.rows[row]) }
            }
        }
        return sums
    }
}
