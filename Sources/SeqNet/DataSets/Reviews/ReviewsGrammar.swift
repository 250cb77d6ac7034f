/// Draws reviews: first the rating, then sentences that say it.
struct ReviewsGrammar: Sendable {
    /// The greatest number of words and punctuation marks.
    private static let greatestLength = 48
    /// How often each rating is drawn, from 1 to 5, in per cent.
    private static let shares = [8, 7, 12, 23, 50]
    /// One sentence in so many begins on a new line.
    private static let lineBreakInterval = 8

    private let grammar: PhraseGrammar

    init() {
        var reader = GrammarReader(
            placeholders: ReviewsRules.placeholders, lexicon: ReviewsLexicon.symbols)
        grammar = reader.grammar(of: ReviewsRules.text, greatestLength: Self.greatestLength)
    }

    func review(random: inout Random) -> Review {
        let rating = Self.rating(random: &random)
        let words = grammar.phrase("Review.\(rating)", upTo: Self.greatestLength, random: &random)
        return Review(text: Self.text(of: words, random: &random), rating: rating)
    }

    private static func rating(random: inout Random) -> Int {
        var rest = random.integer(below: shares.reduce(0, +))
        var rating = 1
        while rest >= shares[rating - 1] {
            rest -= shares[rating - 1]
            rating += 1
        }
        return rating
    }

    /// Joins the words: a capital begins a sentence, no blank stands before a mark.
    private static func text(of words: [String], random: inout Random) -> String {
        var text = ""
        var beginsSentence = true
        for word in words {
            let isMark = word == "." || word == ","
            if !isMark && !text.isEmpty {
                let isBreak = beginsSentence && random.integer(below: lineBreakInterval) == 0
                text += isBreak ? "\n" : " "
            }
            text += beginsSentence ? word.prefix(1).uppercased() + word.dropFirst() : word
            beginsSentence = word == "."
        }
        return text
    }
}
