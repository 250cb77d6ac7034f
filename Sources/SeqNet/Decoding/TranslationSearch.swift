/// Looks for the likeliest translations of sources that are decoded side by side.
///
/// All hypotheses of all sources go through a step together. No result depends on what else is
/// in the batch.
final class TranslationSearch {
    private let model: Translator
    private let options: BeamSearchOptions
    /// Of the sources, and of two steps in turn: each reads what the one before it left.
    private let sourceTape: Tape
    private let stepTapes: [Tape]

    init(_ model: Translator, _ options: BeamSearchOptions, _ context: KernelContext) {
        self.model = model
        self.options = options
        sourceTape = Tape(inference: context)
        stepTapes = [Tape(inference: context), Tape(inference: context)]
    }

    /// The active hypotheses of all sources, one a row.
    private struct Rows {
        /// The place of each row's source; rows of one source follow each other.
        var sources: [Int]
        /// The rows they continue, of those a step before.
        var parents: [Int32]
        var tokens: [Int32]
    }

    /// The best hypotheses of each source, best first.
    /// - Parameter sources: with their closing tokens.
    func callAsFunction(_ sources: [[Int32]]) -> [[Hypothesis]] {
        if sources.isEmpty { return [] }
        var sequences = TokenSequences()
        for source in sources { sequences.append(source) }
        let order = TranslationBatch.longestFirst(sources.indices) { sources[$0].count }
        let (batch, tokens) = sequences.packed(order)
        sourceTape.reset()
        let encoded = model.encode(tokens, batch, order: Array(order.indices), sourceTape)
        let lineEnd = model.targetVocabulary.lineEnd
        var searches = batch.lengths.map {
            BeamSearch(
                options, start: lineEnd, end: lineEnd, mostTokens: options.mostTokens(forSourceOf: $0))
        }
        search(&searches, batch, encoded)
        var results = [[Hypothesis]](repeating: [], count: sources.count)
        for (place, source) in order.enumerated() { results[source] = searches[place].best }
        return results
    }

    private func search(
        _ searches: inout [BeamSearch], _ batch: PackedBatch, _ encoded: EncodedSource
    ) {
        let decoder = model.decoder
        let count = min(BeamSearch.candidates(options), model.targetVocabulary.count)
        var states = encoded.states
        var last = decoder.zeros(rows: searches.count, sourceTape)
        var rows = rows(of: searches, firstRow: Array(searches.indices))
        var number = 0
        while !rows.tokens.isEmpty {
            let tape = stepTapes[number % 2]
            number += 1
            tape.reset()
            let layout = AttentionLayout(
                queries: PackedBatch(sequences: rows.tokens.count, steps: 1), keys: batch,
                sources: rows.sources)
            let step = decoder.step(
                decoder.embedding(rows.tokens, tape), after: tape.gathered(last, rows: rows.parents),
                states.map { $0.gathered(rows.parents, tape) }, layout, encoded.memory, tape)
            let likeliest = LikeliestWords(
                decoder.output, count: count, rows: rows.tokens.count, tape)
            likeliest.find(step.output.values, rows: rows.tokens.count)
            rows = advance(&searches, rows, likeliest, step.attention)
            states = step.states
            last = step.output
        }
    }

    /// Takes the step of each search, and gives the rows of the next one.
    private func advance(
        _ searches: inout [BeamSearch], _ rows: Rows, _ likeliest: LikeliestWords,
        _ attention: AttentionPass?
    ) -> Rows {
        var firstRow = [Int](repeating: 0, count: searches.count)
        var row = 0
        while row < rows.sources.count {
            let source = rows.sources[row], first = row
            firstRow[source] = first
            row += searches[source].active.count
            searches[source].advance(
                count: likeliest.count,
                logProbabilities: likeliest.logProbabilities + first * likeliest.count,
                tokens: likeliest.words + first * likeliest.count
            ) { hypothesis in
                attention.map { Array($0.weights(of: first + hypothesis)) } ?? []
            }
        }
        return self.rows(of: searches, firstRow: firstRow)
    }

    /// - Parameter firstRow: where the rows of each source began, a step before.
    private func rows(of searches: [BeamSearch], firstRow: [Int]) -> Rows {
        var rows = Rows(sources: [], parents: [], tokens: [])
        for (source, search) in searches.enumerated() {
            for hypothesis in search.active {
                rows.sources.append(source)
                rows.parents.append(Int32(firstRow[source] + hypothesis.parent))
                rows.tokens.append(hypothesis.token)
            }
        }
        return rows
    }
}
