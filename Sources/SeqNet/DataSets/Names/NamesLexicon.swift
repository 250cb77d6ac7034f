/// The words of the names data set, and the parts of made-up names.
enum NamesLexicon {
    /// The words of each symbol of ``NamesRules``.
    static let symbols = [
        "Speak": "said thought announced believed claimed wrote",
        "Move": "moved flew travelled drove walked returned",
        "Meet": "met visited called helped followed married",
        "Job": "head chairman owner lawyer baker cook founder",
        "Trade": "sells buys makes needs repairs rents",
        "Goods": "cars shells tools bread oranges lamps stone targets",
        "Rise": "rose fell sank climbed",
        "Month": "March May June August",
        "Day": "Monday Friday Sunday",
        "State": "closed long narrow dangerous new nice",
        "Weather": "rained snowed hailed",
        "Activity": "reading cooking walking rugby sailing",
        "Come": "come return speak call sing wait",
        "Determiner": "the this every",
    ].mapValues(split)

    static let titles = split("Mr Mrs Dr")

    // Known names. Those of the second lines are plain words too.
    static let givenNames = split(
        """
        Anna Peter Lucy Thomas Maria Ben \
        Will Mark Rose Grace Hope Bill May
        """)
    static let familyNames = split(
        """
        Smith Jones Taylor Murphy \
        Baker Cook Hill Stone March
        """)
    static let places = split(
        """
        London Paris Rome Vienna \
        Bath Reading Nice Rugby
        """)
    static let firms = split(
        """
        Siemens Toyota Nestle \
        Shell Target Orange Gap
        """)

    static let givenEndings = split("a ia ella ine o us en ina")
    static let familyEndings = split("son sen ov ini ez wright man")
    static let placeEndings = split("ton burg ville stead mouth ford dale")
    static let firmEndings = split("corp tex onics soft gen dyne chem")

    static let onsets = split("b br c d dr f g gr h j k l m n p r s st t tr v w")
    static let vowels = split("a e i o u")
    static let codas = split("l n r m s nd rt lk nt mb")

    private static func split(_ words: String) -> [String] {
        words.split(separator: " ").map(String.init)
    }
}
