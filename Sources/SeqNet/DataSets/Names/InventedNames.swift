/// Makes up names. One in five is a known one, and one in six of the others has no ending that
/// tells its kind.
enum InventedNames {
    static func given(random: inout Random) -> String {
        word(known: NamesLexicon.givenNames, endings: NamesLexicon.givenEndings, random: &random)
    }

    /// One in five is the name of a place.
    static func family(random: inout Random) -> String {
        if random.integer(below: 5) == 0 { return town(random: &random) }
        return word(
            known: NamesLexicon.familyNames, endings: NamesLexicon.familyEndings, random: &random)
    }

    static func place(random: inout Random) -> String {
        switch random.integer(below: 10) {
        case 0: random.element(of: ["New", "Port", "Saint"]) + " " + town(random: &random)
        case 1: town(random: &random) + " " + random.element(of: ["Bay", "Falls", "Island"])
        default: town(random: &random)
        }
    }

    static func firm(random: inout Random) -> String {
        switch random.integer(below: 10) {
        case 0: "Bank of " + town(random: &random)
        case 1: "University of " + town(random: &random)
        case 2: family(random: &random) + " and Sons"
        case 3: family(random: &random) + " & " + family(random: &random)
        case 4, 5: company(random: &random) + " " + random.element(of: ["Group", "Limited"])
        default: company(random: &random)
        }
    }

    /// The name of a town, or with a word more.
    static func team(random: inout Random) -> String {
        let town = town(random: &random)
        return random.integer(below: 3) > 0
            ? town : town + " " + random.element(of: ["City", "Rovers", "United"])
    }

    private static func town(random: inout Random) -> String {
        word(known: NamesLexicon.places, endings: NamesLexicon.placeEndings, random: &random)
    }

    private static func company(random: inout Random) -> String {
        word(known: NamesLexicon.firms, endings: NamesLexicon.firmEndings, random: &random)
    }

    private static func word(
        known: [String], endings: [String], random: inout Random
    ) -> String {
        if random.integer(below: 5) == 0 { return random.element(of: known) }
        let hasEnding = random.integer(below: 6) > 0
        // Without an ending one syllable would often be a word of English.
        let syllables = hasEnding ? 1 + random.integer(below: 2) : 2
        var name = ""
        for _ in 0..<syllables {
            name += random.element(of: NamesLexicon.onsets)
            name += random.element(of: NamesLexicon.vowels)
            name += random.element(of: NamesLexicon.codas)
        }
        if hasEnding { name += random.element(of: endings) }
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
