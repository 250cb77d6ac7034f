extension RecurrentStack {
    /// Runs the network over the embeddings of tokens, with dropout between.
    ///
    /// Where many tokens of the batch are the same, and no dropout tells them apart, each of them is
    /// projected once: of a batch of 64 sentences some 40 % are different words.
    func callAsFunction(
        _ tokens: [Int32], embeddedBy embedding: Embedding, _ dropout: Dropout, _ batch: PackedBatch,
        initial: [LayerState]? = nil, _ tape: Tape
    ) -> [RecurrentPass] {
        let distinct = DistinctTokens(tokens)
        let drops = tape.isTraining && dropout.rate > 0
        if drops || 4 * distinct.tokens.count > 3 * tokens.count {
            let x = dropout(embedding(tokens, tape), tape)
            return self(x, batch, initial: initial, tape)
        }
        return self(
            distinct.rows, of: embedding(distinct.tokens, tape), batch, initial: initial, tape)
    }
}
