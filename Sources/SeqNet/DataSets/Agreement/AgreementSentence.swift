/// A sentence whose verb agrees in number with a subject that stands some words earlier.
struct AgreementSentence: Sendable {
    /// The words, the full stop included.
    let words: [String]
    /// The place of the subject's noun.
    let noun: Int
    /// The place of the verb that agrees with it.
    let verb: Int
    /// Whether the subject is plural.
    let isPlural: Bool
    /// The verb in the wrong number.
    let wrongVerb: String

    /// How many words after the noun the verb stands; commas count as words.
    var distance: Int { verb - noun }

    /// The words, divided by blanks.
    var text: String { words.joined(separator: " ") }

    /// The sentence with the verb in the wrong number.
    var wrongText: String {
        var words = words
        words[verb] = wrongVerb
        return words.joined(separator: " ")
    }
}
