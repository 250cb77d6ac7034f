/// The rules of spelling for regular endings. A consonant that is doubled ("stopping") is not
/// covered.
enum EnglishSpelling {
    /// dog → dogs, box → boxes, lady → ladies.
    static func addingS(_ word: String) -> String {
        if endsInConsonantAndY(word) { return word.dropLast() + "ies" }
        let hisses = ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) }
        return word + (hisses ? "es" : "s")
    }

    /// call → called, like → liked, carry → carried.
    static func addingEd(_ word: String) -> String {
        if endsInConsonantAndY(word) { return word.dropLast() + "ied" }
        return word + (word.hasSuffix("e") ? "d" : "ed")
    }

    /// call → calling, like → liking, see → seeing.
    static func addingIng(_ word: String) -> String {
        let losesE = word.hasSuffix("e") && !word.hasSuffix("ee")
        return (losesE ? String(word.dropLast()) : word) + "ing"
    }

    /// Puts "an" for "a" before a vowel letter. A word whose sound differs from its first
    /// letter ("hour", "useful") is not covered.
    static func matchArticles(_ words: inout [String]) {
        for index in words.indices.dropLast() where words[index] == "a" {
            if let first = words[index + 1].first, "aeiou".contains(first) { words[index] = "an" }
        }
    }

    private static func endsInConsonantAndY(_ word: String) -> Bool {
        guard word.hasSuffix("y"), let before = word.dropLast().last else { return false }
        return !"aeiou".contains(before)
    }
}
