/// The phrase grammar of the agreement data set, in the notation of ``GrammarReader``.
///
/// `#` is a number, `@` the kind of the noun at hand, `~` the form of a verb.
///
/// What keeps the number of the sentence's subject from showing anywhere but on its noun:
/// - The determiner before it ("the", "my") goes with both numbers.
/// - `Gap@`, all that may stand between the noun and its verb, does not depend on the number.
///   A clause whose subject is that noun ("that chased the birds") has a verb without number:
///   a past form or one after a modal verb. Every verb with a number in it agrees with a noun
///   inside the gap.
/// - After the verb there is nothing that agrees with the subject, no noun for what the subject
///   is, no pronoun.
/// - Nouns are joined by "and" only where commas enclose them, so that "the cat near the dog
///   and the bird" can never be read as a plural subject.
enum AgreementRules {
    static let placeholders: [(mark: Character, values: [String])] = [
        ("#", [".one", ".many"]),
        ("@", AgreementLexicon.kinds),
        ("~", [".one", ".many", ".past", ".done", ".doing"]),
    ]

    static let text = """
        -- the parts of a sentence
        Opening = 2 Time , | 2 Conjunction Clause , | Around , | Comment ,
        Subject@# = 5 Either Noun@# | 3 Either Adjective@ Noun@# | Either State@ Look@ Noun@#
        Ending@# = 7 Predicate@# | Predicate@# Time | Predicate@# Conjunction Clause
        Ending@# = Predicate@# , but Clause | Predicate@# , and Clause
        Ending@# = Predicate@# and Modal Verbal@.many

        -- what stands between a noun and its verb
        Gap@ = 8 Modifiers@ | Modifiers@ Adverb | Adverb
        Modifiers@ = 4 Attached@ | 3 Enclosed@ | 2 Attached@ Enclosed@
        Attached@ = 3 Around | Around Beside | 3 Relative@ | 2 Participle@ | Around Relative@
        Enclosed@ = 5 , Which@ , | , Participle@ , | 3 , Aside ,

        -- clauses about a noun, which do not show its number
        Relative@ = 3 that Neutral@ | 2 that Lacking@ | 2 Lacking@
        WhichPerson = 3 who NeutralPerson | whom LackingPerson | whose Owned
        WhichAnimal = 3 which NeutralAnimal | which LackingAnimal
        WhichThing = 3 which NeutralThing | which LackingThing
        Owned = NounAnimal# FiniteAnimal# | NounThing# FiniteThing#
        Neutral@ = 3 Verbal@.past | Modal Verbal@.many
        Participle@ = 3 Verbal@.doing | Passive@
        Passive@ = 2 VerbPerson@.done by PhrasePerson | VerbAnimal@.done by PhraseAnimal

        -- a clause that lacks its object
        Lacking@ = 3 PhrasePerson# VerbPerson@# | 2 PhraseAnimal# VerbAnimal@#
        Lacking@ = PhrasePerson VerbPerson@.past | PhraseAnimal VerbAnimal@.past
        Lacking@ = PhrasePerson Modal VerbPerson@.many | PhrasePerson# Adverb VerbPerson@#

        -- what stands beside the sentence
        Aside = 2 Comment | Around | 3 Conjunction Clause | 2 Time | like Phrase
        Aside = like Phrase and Phrase
        Comment = 2 however | of course | in fact | after all | as always
        Time = in the Season | at night | before Meal | before PhraseEvent
        Time = after PhraseEvent | during PhraseEvent
        Clause = Phrase@# Finite@#

        -- phrases of a noun
        Phrase = Phrase@#
        Phrase@ = Phrase@#
        Phrase@# = 5 Determined# Noun@# | 2 Determined# Adjective@ Noun@#
        PhrasePerson.one = Name
        PhrasePerson.many = NounPerson.many
        PhrasePlace = 5 Determined# NounPlace# | 2 Determined# LookPlace NounPlace#
        PhraseEvent = Determined# NounEvent#
        Object@ = Object@#
        Object@# = 6 Phrase@# | Phrase@# Around | Determined# Noun@# that Finite@#
        Determined# = 6 Either | 2 Determiner#
        Either = 5 the | Determiner
        Adjective@ = State@ | Look@
        Around = Place | 3 Beside
        Beside = Near Phrase | In PhrasePlace

        -- verbs and what belongs to them
        Finite@# = 3 Verbal@# | 2 Verbal@.past | Modal Verbal@.many | Be# Adjective@
        Verbal@~ = 3 Verb@~ | Verb@~ Manner | Verb@~ Around | Verb@~ Time
        Verbal@~ = 2 Verb@Person~ ObjectPerson | 2 Verb@Animal~ ObjectAnimal
        Verbal@~ = 2 Verb@Thing~ ObjectThing

        -- begins with the verb that agrees with the sentence's subject
        Predicate@# = 5 Verbal@# | 3 Be# Adjective@ | Be# Degree Adjective@
        Predicate@# = Be# not Adjective@ | Be# State@ and Look@
        Predicate@# = Be# Verb@.doing | Be# Verb@.doing Around | 2 Be# Passive@ | Be# Around
        Predicate@# = 2 Have# Verbal@.done | Have# not Verbal@.done | 2 Do# not Verbal@.many
        PredicatePerson# = Have# ObjectAnimal | Have# ObjectThing
        Be.one = is | was
        Be.many = are | were
        Have.one = has
        Have.many = have
        Do.one = does
        Do.many = do
        """
}
