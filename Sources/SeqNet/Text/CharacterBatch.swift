/// The different words of a batch, each once, as sequences of characters.
///
/// A network that runs over them leaves one state a word, which is gathered by `wordOfRow` into
/// the rows of the sentences: a word that is there many times is read once.
struct CharacterBatch {
    /// A sequence for each different word, longest first.
    let layout: PackedBatch
    /// The id of each row's character.
    let characters: [Int32]
    /// For each row of the sentences, which sequence is its word.
    let wordOfRow: [Int32]

    /// - Parameter words: of each row of the sentences, the index in `table`.
    init(_ words: [Int32], _ table: WordTable) {
        var sequences: [Int32: Int32] = [:]
        var distinct = words.filter { sequences.updateValue(0, forKey: $0) == nil }
        // The index settles ties: the standard sort promises no order of equals.
        distinct.sort {
            (table.characters[Int($1)].count, $0) < (table.characters[Int($0)].count, $1)
        }
        for (sequence, word) in distinct.enumerated() { sequences[word] = Int32(sequence) }
        var spellings = TokenSequences()
        for word in distinct { spellings.append(table.characters[Int(word)]) }
        (layout, characters) = spellings.packed(Array(distinct.indices))
        wordOfRow = words.map { sequences[$0]! }
    }
}
