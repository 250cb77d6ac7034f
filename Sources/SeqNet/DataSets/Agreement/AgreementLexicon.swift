/// The words of the agreement data set. All are lower case, none is used in a form that is
/// the same for both numbers, no verb has the same form in the past and with a plural.
enum AgreementLexicon {
    /// The kinds of things that a noun can name.
    static let kinds = ["Person", "Animal", "Thing"]

    private static let nouns = [
        "Person": """
            boy doctor farmer girl king lady painter queen teacher child/children man/men \
            woman/women
            """,
        "Animal": """
            bear bird cat cow dog duck fox horse rabbit goose/geese mouse/mice wolf/wolves
            """,
        "Thing": """
            bag bell boat book box car clock lamp train knife/knives leaf/leaves \
            shelf/shelves
            """,
        "Place": "church city garden house lake museum school station",
        "Event": "game meeting party storm",
    ]

    /// Lasting qualities, which stand next to the noun.
    private static let looks = [
        "Person": "famous old rich tall young",
        "Animal": "black brown old small white",
        "Thing": "heavy new old red small",
        "Place": "big dark old quiet",
    ]

    /// Passing states.
    private static let states = [
        "Person": "angry busy happy hungry sick tired",
        "Animal": "angry full hungry quiet thirsty tired",
        "Thing": "broken clean dirty empty full wet",
    ]

    private static let intransitiveVerbs = [
        "Person": "dance laugh wait work sing/sang/sung sleep/slept",
        "Animal": "jump play rest wait sleep/slept drink/drank/drunk",
        "Thing": "move rattle fall/fell/fallen shine/shone break/broke/broken",
    ]

    /// Verbs by the kinds of their subject and of their object.
    private static let transitiveVerbs = [
        "PersonPerson": "follow help know/knew/known like see/saw/seen visit",
        "PersonAnimal": "feed/fed follow like own see/saw/seen",
        "PersonThing": "carry clean find/found need own see/saw/seen",
        "AnimalPerson": "follow know/knew/known like see/saw/seen watch",
        "AnimalAnimal": "chase follow hear/heard see/saw/seen watch",
        "AnimalThing": "carry find/found see/saw/seen smell watch",
        "ThingPerson": "annoy help please surprise",
        "ThingAnimal": "annoy frighten please surprise",
        "ThingThing": "block cover damage touch",
    ]

    private static let others = [
        "Determiner.one": "a another every",
        "Determiner.many": "many some these two",
        "Determiner": "my our your",
        "Name": "anna ben lucy peter tom",
        "Adverb": "also clearly now often probably still usually",
        "Degree": "quite too very",
        "Manner": "again alone quickly slowly",
        "Place": "here inside outside there upstairs",
        "Near": "behind beside near with without",
        "In": "from in near outside",
        "Modal": "can could must should will",
        "Conjunction": "although because before if when while",
        "Season": "evening morning summer winter",
        "Meal": "breakfast dinner lunch",
    ]

    /// The auxiliary verbs that agree: singular, plural.
    private static let auxiliaries = [
        "is": "are", "was": "were", "has": "have", "does": "do",
    ]

    /// The words of each symbol of the grammar: `NounAnimal.many`, `VerbPersonThing.past` …
    static var symbols: [String: [String]] {
        var symbols = others.mapValues(split)
        for (kind, entries) in nouns {
            let nouns = split(entries).map { EnglishNoun($0) }
            symbols["Noun\(kind).one"] = nouns.map(\.singular)
            symbols["Noun\(kind).many"] = nouns.map(\.plural)
        }
        for (kind, words) in looks { symbols["Look\(kind)"] = split(words) }
        for (kind, words) in states { symbols["State\(kind)"] = split(words) }
        for (kind, verbs) in verbs {
            symbols["Verb\(kind).one"] = verbs.map(\.singular)
            symbols["Verb\(kind).many"] = verbs.map(\.plural)
            symbols["Verb\(kind).past"] = verbs.map(\.past)
            symbols["Verb\(kind).done"] = verbs.map(\.pastParticiple)
            symbols["Verb\(kind).doing"] = verbs.map(\.presentParticiple)
        }
        return symbols
    }

    /// Of each verb form that agrees with its subject, the form of the other number.
    static var verbOfOtherNumber: [String: String] {
        var others: [String: String] = [:]
        let pairs = verbs.values.joined().map { ($0.singular, $0.plural) } + auxiliaries.map { $0 }
        for (singular, plural) in pairs {
            others[singular] = plural
            others[plural] = singular
        }
        return others
    }

    private static var verbs: [String: [EnglishVerb]] {
        intransitiveVerbs.merging(transitiveVerbs) { first, _ in first }
            .mapValues { split($0).map { EnglishVerb($0) } }
    }

    private static func split(_ words: String) -> [String] {
        words.split(separator: " ").map(String.init)
    }
}
