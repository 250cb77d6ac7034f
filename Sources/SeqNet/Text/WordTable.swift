/// The different words of some sentences, each looked up once.
struct WordTable: Sendable {
    let vocabulary: WordVocabulary
    /// The words by their bytes; the index of one here is its index below.
    private var words = TokenTable()
    /// The id of each word; `<unk>` for those that the vocabulary lacks.
    private(set) var ids: [Int32] = []
    /// The characters of each word.
    private(set) var characters: [[Int32]] = []
    /// Whether the vocabulary lacks each word.
    private(set) var isUnknown: [Bool] = []

    init(_ vocabulary: WordVocabulary) { self.vocabulary = vocabulary }

    /// The index of a word, which is added if it is new.
    mutating func index(of word: String) -> Int32 {
        precondition(!word.isEmpty, "a word without characters")
        var word = word
        let index = word.withUTF8 { words.insert($0) }
        if index == ids.count {
            let id = vocabulary.id(of: word)
            ids.append(id ?? vocabulary.words.unknown!)
            isUnknown.append(id == nil)
            characters.append(vocabulary.characters(of: word))
        }
        return index
    }

    /// The indices of the words of a sentence.
    mutating func indices(of sentence: [String]) -> [Int32] { sentence.map { index(of: $0) } }
}
