#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a classifier says of a text.
public struct Classification: Equatable, Sendable {
    /// The id of the likeliest label.
    public let id: Int
    /// The likeliest label.
    public let label: String
    /// The logarithm of each label's probability, by id.
    public let logProbabilities: [Float]

    /// The probability of each label, by id.
    public var probabilities: [Float] { logProbabilities.map(exp) }
    /// That of the likeliest label.
    public var probability: Float { exp(logProbabilities[id]) }
}

extension Classifier {
    /// Classifies texts. The same text gets the same answer, bit for bit, beside whatever others.
    ///
    /// - Parameter batchSize: the most texts of one forward pass.
    /// - Returns: an answer a text; nil where there is no token in it.
    /// - Throws: `badData` for a NUL character.
    public func classify(_ texts: [String], batchSize: Int = 64) throws -> [Classification?] {
        try classify(
            texts.enumerated().map { LabelledText(line: $0 + 1, text: $1, label: "") }, source: "text",
            batchSize: batchSize)
    }

    /// Classifies the texts of records, whatever their labels are.
    ///
    /// - Parameters:
    ///   - source: what error messages call the place that they come from.
    ///   - batchSize: texts of one forward pass; changes no result.
    /// - Returns: an answer a record; nil where there is no token in its text.
    /// - Throws: `badData` for a NUL character, with the record's line.
    public func classify(
        _ records: [LabelledText], source: String, batchSize: Int = 64
    ) throws -> [Classification?] {
        var sequences = TokenSequences()
        for record in records { sequences.append(try encode(record, source: source).ids) }
        return classify(sequences, batchSize: batchSize)
    }

    /// The tokens of a record's text.
    func encode(_ record: LabelledText, source: String) throws -> EncodedText {
        try configuration.tokenizer.encode(
            prompt: record.text, with: vocabulary, source: source, firstLine: record.line)
    }

    /// Classifies encoded texts; nil for an empty one.
    /// - Parameter onProgress: told how many are done.
    func classify(
        _ sequences: TokenSequences, batchSize: Int = 64, onProgress: (Int) -> Void = { _ in }
    ) -> [Classification?] {
        var answers = [Classification?](repeating: nil, count: sequences.count)
        let lengths = sequences.lengths
        let tape = Tape(inference: context)
        var done = 0
        for chosen in LengthBuckets.sortedBatches(lengths, size: batchSize) {
            let (batch, tokens) = sequences.packed(chosen)
            tape.reset()
            let logProbabilities = logProbabilities(tokens, batch, tape)
            for (row, index) in chosen.enumerated() {
                answers[index] = answer(logProbabilities.rows(row..<row + 1).array)
            }
            done += chosen.count
            onProgress(done)
        }
        return answers
    }

    private func answer(_ logProbabilities: [Float]) -> Classification {
        let id = logProbabilities.indices.max { logProbabilities[$0] < logProbabilities[$1] }!
        return Classification(
            id: id, label: labels.names[id], logProbabilities: logProbabilities)
    }
}
