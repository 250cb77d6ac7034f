/// What a model of words knows a word by: an id of its own, and its characters.
///
/// The id is that of the word as it is or in lower case; the characters are those of the word as it
/// is.
public struct WordVocabulary: Equatable, Sendable {
    /// Of kind `words`.
    public let words: Vocabulary
    /// Of kind `characters`.
    public let characters: Vocabulary
    /// Whether words are looked up in lower case (each scalar by its Unicode mapping).
    public let lowercase: Bool

    /// The most characters of a word that a model reads; a longer one is read by its first and last
    /// ones. No word of a language is so long, and one that is must not fill the memory.
    public static let mostCharacters = 64

    public init(words: Vocabulary, characters: Vocabulary, lowercase: Bool) {
        precondition(words.kind == .words && characters.kind == .characters, "kinds of tokens")
        self.words = words
        self.characters = characters
        self.lowercase = lowercase
    }

    /// Gathers the words of a training text and their characters.
    ///
    /// Words that hold white space, which some languages have, are known by their characters alone.
    /// - Parameter limits: the minimum count holds for words and characters, the greatest size for
    ///   words.
    /// - Throws: `usage` if the greatest size leaves no room for a word.
    public init(
        training sentences: some Sequence<[String]>, limits: VocabularyLimits, lowercase: Bool
    ) throws {
        var words = TokenCounts(), characters = TokenCounts()
        for word in sentences.joined() {
            let hasSpace = word.unicodeScalars.contains { $0.properties.isWhitespace }
            if !hasSpace { words.add(lowercase ? word.lowercased() : word) }
            for scalar in word.unicodeScalars { characters.add(Array(UTF8.encode(scalar)!)) }
        }
        self.init(
            words: try Vocabulary(kind: .words, counts: words, limits: limits),
            characters: try Vocabulary(
                kind: .characters, counts: characters,
                limits: VocabularyLimits(minimumCount: limits.minimumCount)),
            lowercase: lowercase)
    }

    /// The id of a word; nil if it is not in the vocabulary.
    public func id(of word: String) -> Int32? {
        words.id(of: lowercase ? word.lowercased() : word)
    }

    /// The ids of a word's characters, `<unk>` for those that are not in the vocabulary; at most
    /// `mostCharacters`.
    public func characters(of word: String) -> [Int32] {
        let scalars = word.unicodeScalars
        let half = Self.mostCharacters / 2
        let isLong = scalars.count > Self.mostCharacters
        let read = isLong ? Array(scalars.prefix(half)) + scalars.suffix(half) : Array(scalars)
        return read.map { characters.id(of: Array(UTF8.encode($0)!)) ?? characters.unknown! }
    }
}
