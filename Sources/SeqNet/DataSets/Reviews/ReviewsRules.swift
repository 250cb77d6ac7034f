/// The phrase grammar of the reviews, in the notation of ``GrammarReader``. `#` is a rating.
///
/// Every opinion in `Claim#` that counts is of the rating `#`. `Any` is an opinion that does not
/// count, and so of any rating.
enum ReviewsRules {
    static let placeholders: [(mark: Character, values: [String])] = [
        ("#", [".1", ".2", ".3", ".4", ".5"])
    ]

    static let text = """
        Review# = 4 Claim# . | 3 Fact . Claim# . | 2 Claim# . Fact . | 2 Claim# . Claim# .
        Review# = 2 Other . Claim# . | Claim# . Other . | Fact . Claim# . Claim# .
        Review# = Fact . Other . Claim# . | Other . Fact . Claim# . Claim# .

        Claim# = 4 Opinion# | 2 Any , but Opinion# | although Any , Opinion# | Opinion# , although Any
        Claim# = Opinion# and Opinion#
        Opinion# = 2 the Part is Quality# | 2 the Detail is Quality# | 2 it is Quality#
        Opinion# = I find the Part Quality# | I find it Quality#
        Opinion# = the Part and the Detail are Quality#
        Any = Opinion#

        -- opinions of something else
        Other = my old one was Quality | the shop calls it Quoted | I thought it would be Quality
        Other = a friend of mine has one that is Quality
        Quality = Quality#

        Fact = I bought it in Month | it came in a box with two Things , a Thing and a letter
        Fact = I wear it at Place | my sister , who lives far away , has one too
        Fact = I have had it for two weeks now | it was a gift | I ordered it in Colour

        Quality.1 = 3 Awful | 2 very Bad
        Quality.2 = 2 Bad | 2 not Good | not very Good
        Quality.3 = 3 Average | neither Good nor Bad
        Quality.4 = 3 Good | 2 not Bad
        Quality.5 = 3 Excellent | 2 very Good
        """
}
