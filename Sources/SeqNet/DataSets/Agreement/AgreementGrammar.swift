/// Draws sentences for the agreement data set.
struct AgreementGrammar: Sendable {
    /// The greatest number of words from the subject's noun to its verb.
    static let greatestDistance = 20
    /// The greatest number of words before the subject and from its verb on.
    private static let greatestOpening = 8
    private static let greatestEnding = 10
    /// One sentence in so many has words before the subject.
    private static let openingInterval = 4

    private let grammar: PhraseGrammar
    private let verbOfOtherNumber = AgreementLexicon.verbOfOtherNumber

    init() {
        var reader = GrammarReader(
            placeholders: AgreementRules.placeholders, lexicon: AgreementLexicon.symbols)
        grammar = reader.grammar(
            of: AgreementRules.text, greatestLength: Self.greatestDistance - 1)
    }

    /// Draws a sentence. With the same random numbers, the singular sentence and the plural one
    /// differ in the subject's noun and its verb alone.
    func sentence(distance: Int, isPlural: Bool, random: inout Random) -> AgreementSentence {
        precondition(1...Self.greatestDistance ~= distance)
        let number = isPlural ? ".many" : ".one"
        let kind = random.element(of: AgreementLexicon.kinds)
        var words: [String] = []
        if random.integer(below: Self.openingInterval) == 0 {
            words += grammar.phrase("Opening", upTo: Self.greatestOpening, random: &random)
        }
        words += grammar.phrase("Subject\(kind)\(number)", upTo: 4, random: &random)
        let noun = words.count - 1
        if distance > 1 {
            words += grammar.phrase("Gap\(kind)", length: distance - 1, random: &random)
        }
        let verb = words.count
        words += grammar.phrase(
            "Ending\(kind)\(number)", upTo: Self.greatestEnding, random: &random)
        words.append(".")
        EnglishSpelling.matchArticles(&words)
        guard let wrongVerb = verbOfOtherNumber[words[verb]] else {
            preconditionFailure("'\(words[verb])' begins a predicate but does not agree")
        }
        return AgreementSentence(
            words: words, noun: noun, verb: verb, isPlural: isPlural, wrongVerb: wrongVerb)
    }
}
