/// A batch of sentences as a model of words and characters reads it.
struct WordBatch {
    /// A row for each word: step t of sequence b is word t of sentence b.
    let layout: PackedBatch
    /// The id of each row's word.
    var words: [Int32]
    /// The different words of the batch as sequences of characters.
    let characters: CharacterBatch

    /// - Parameters:
    ///   - sentences: words as indices in `table`.
    ///   - chosen: the sentences of the batch, longest first, none empty.
    init(_ sentences: TokenSequences, _ chosen: [Int], _ table: WordTable) {
        let (layout, indices) = sentences.packed(chosen)
        self.layout = layout
        words = indices.map { table.ids[Int($0)] }
        characters = CharacterBatch(indices, table)
    }
}
