import Testing

@testable import SeqNet

struct WordBatchTests {
    private let vocabulary: WordVocabulary

    init() throws {
        vocabulary = try WordVocabulary(
            training: [["the", "cat", "sat", "on", "mat", "."]], limits: VocabularyLimits(),
            lowercase: true)
    }

    private func spelling(_ characters: some Sequence<Int32>) -> String {
        characters.map { String(decoding: vocabulary.characters.bytes(of: $0), as: UTF8.self) }.joined()
    }

    private func batch(_ sentences: [[String]]) -> WordBatch {
        var table = WordTable(vocabulary), words = TokenSequences()
        for sentence in sentences { words.append(table.indices(of: sentence)) }
        return WordBatch(words, Array(sentences.indices), table)
    }

    @Test func aWordIsLookedUpOnce() {
        var table = WordTable(vocabulary)
        #expect(table.indices(of: ["The", "cat", "the", "Cat", "The", "dog"]) == [0, 1, 2, 3, 0, 4])
        let ids = ["the", "cat", "the", "cat", "<unk>"].map { vocabulary.words.id(of: $0)! }
        #expect(table.ids == ids)
        #expect(table.characters.map(spelling) == ["<unk>he", "cat", "the", "<unk>at", "<unk>o<unk>"])
    }

    @Test func rowsAreWordsStepByStep() {
        let batch = batch([["the", "cat", "sat"], ["the", "mat"], ["sat"]])
        #expect(batch.layout.lengths == [3, 2, 1])
        let words = batch.words.map { String(decoding: vocabulary.words.bytes(of: $0), as: UTF8.self) }
        #expect(words == ["the", "the", "sat", "cat", "mat", "sat"])
    }

    @Test func everyDifferentWordIsOneSequenceOfCharacters() {
        let batch = batch([["on", "the", "mat", "."], ["On", "the", "cat"], ["on", "."]])
        let characters = batch.characters
        #expect(characters.layout.lengths == [3, 3, 3, 2, 2, 1])
        let spellings = characters.layout.sequences(of: characters.characters).map(spelling)
        #expect(spellings == ["the", "mat", "cat", "on", "<unk>n", "."])
        let rows = characters.wordOfRow.map { spellings[Int($0)] }
        #expect(rows == ["on", "<unk>n", "on", "the", "the", ".", "mat", "cat", "."])
    }

    /// What a word's characters are does not depend on the words beside it.
    @Test func sentencesInOtherBatchesHaveTheSameCharacters() {
        let whole = batch([["the", "cat", "sat", "."], ["mat"]]), alone = batch([["mat"]])
        let spellings = whole.characters.layout.sequences(of: whole.characters.characters)
        let row = whole.layout.sequences(of: whole.characters.wordOfRow)[1][0]
        #expect(spellings[Int(row)] == alone.characters.characters)
    }
}
