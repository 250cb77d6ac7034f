/// A sentence with a tag for each word.
public struct NamesSentence: Equatable, Sendable {
    public private(set) var words: [String] = []
    /// `O`, or `B-` (the first word of a name) or `I-` (a later one) with the kind of the name.
    public private(set) var tags: [String] = []

    /// Word TAB tag, a word a line.
    var lines: String { zip(words, tags).map { "\($0)\t\($1)\n" }.joined() }

    /// Adds a word that belongs to no name. The first of the sentence gets a capital.
    mutating func append(_ word: String) {
        words.append(words.isEmpty ? word.prefix(1).uppercased() + word.dropFirst() : word)
        tags.append("O")
    }

    /// Adds a name, whose words blanks divide.
    mutating func append(name: String, kind: String) {
        for (index, word) in name.split(separator: " ").enumerated() {
            words.append(String(word))
            tags.append((index == 0 ? "B-" : "I-") + kind)
        }
    }
}
