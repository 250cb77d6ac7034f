@testable import SeqNet

/// Reads the rating out of a review's words, by the rules that the data set states and not by
/// those that made it.
enum ReviewReader {
    /// The rating of each opinion that counts.
    static func ratings(of text: String) -> [Int] {
        text.split { ".\n".contains($0) }.flatMap { sentence -> [Int] in
            let words = words(String(sentence))
            let isOfAnotherThing = ["my", "a"].contains(words[0]) || words.starts(with: ["the", "shop"])
                || words.starts(with: ["i", "thought"])
            return isOfAnotherThing ? [] : opinions(counting(words))
        }
    }

    /// Lower-case words, without marks but commas.
    static func words(_ text: String) -> [String] {
        text.lowercased().replacing(",", with: " ,").split { " .\n".contains($0) }.map(String.init)
    }

    /// The part of a sentence that is not conceded.
    private static func counting(_ words: [String]) -> [String] {
        if let but = words.firstIndex(of: "but") { return Array(words[(but + 1)...]) }
        if words[0] == "although" { return Array(words[(words.firstIndex(of: ",")! + 1)...]) }
        if let although = words.firstIndex(of: "although") { return Array(words[..<although]) }
        return words
    }

    /// The ratings of all opinions, whether they count or not.
    static func opinions(_ words: [String]) -> [Int] {
        if words.contains("neither") { return [3] }
        return words.indices.compactMap { index in
            guard let rating = ratings[words[index]] else { return nil }
            let before = words[..<index].suffix(2)
            if before.contains("not") { return 6 - rating }
            return before.last == "very" ? (rating == 4 ? 5 : 1) : rating
        }
    }

    private static let ratings = Dictionary(
        uniqueKeysWithValues: zip(1..., ["Awful", "Bad", "Average", "Good", "Excellent"])
            .flatMap { rating, symbol in
                ReviewsLexicon.symbols[symbol]!.map { ($0, rating) }
            })
}
