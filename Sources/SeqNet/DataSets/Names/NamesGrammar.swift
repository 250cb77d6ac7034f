/// Draws sentences for the names data set: first a phrase with slots, then a name for each slot.
struct NamesGrammar: Sendable {
    private static let greatestLength = 18

    private let grammar: PhraseGrammar

    init() {
        var reader = GrammarReader(placeholders: [], lexicon: NamesLexicon.symbols)
        grammar = reader.grammar(of: NamesRules.text, greatestLength: Self.greatestLength)
    }

    func sentence(random: inout Random) -> NamesSentence {
        var sentence = NamesSentence()
        for word in grammar.phrase("Sentence", upTo: Self.greatestLength, random: &random) {
            switch word {
            case "<person>": Self.appendPerson(to: &sentence, random: &random)
            case "<place>":
                sentence.append(name: InventedNames.place(random: &random), kind: "LOC")
            case "<firm>":
                sentence.append(name: InventedNames.firm(random: &random), kind: "ORG")
            case "<team>":
                sentence.append(name: InventedNames.team(random: &random), kind: "ORG")
            default: sentence.append(word)
            }
        }
        return sentence
    }

    /// A given and a family name, a given name, or a title, which is no part of the name, and a
    /// family name.
    private static func appendPerson(to sentence: inout NamesSentence, random: inout Random) {
        let form = random.integer(below: 10)
        if form < 2 { sentence.append(random.element(of: NamesLexicon.titles)) }
        let family = InventedNames.family(random: &random)
        let given = InventedNames.given(random: &random)
        let name =
            switch form {
            case 0..<2: family
            case 2..<5: given
            default: given + " " + family
            }
        sentence.append(name: name, kind: "PER")
    }
}
