@testable import SeqNet
import Testing

struct EnglishSpellingTests {
    @Test(arguments: [
        ("dog", "dogs"), ("box", "boxes"), ("church", "churches"), ("bus", "buses"),
        ("wish", "wishes"), ("buzz", "buzzes"), ("lady", "ladies"), ("boy", "boys"), ("y", "ys"),
    ])
    func addsS(_ word: String, _ expected: String) {
        #expect(EnglishSpelling.addingS(word) == expected)
    }

    @Test(arguments: [
        ("call", "called"), ("like", "liked"), ("carry", "carried"), ("play", "played"),
    ])
    func addsEd(_ word: String, _ expected: String) {
        #expect(EnglishSpelling.addingEd(word) == expected)
    }

    @Test(arguments: [
        ("call", "calling"), ("like", "liking"), ("see", "seeing"), ("carry", "carrying"),
    ])
    func addsIng(_ word: String, _ expected: String) {
        #expect(EnglishSpelling.addingIng(word) == expected)
    }

    @Test func putsAnBeforeVowels() {
        var words = ["a", "old", "dog", "saw", "a", "man", "near", "a"]
        EnglishSpelling.matchArticles(&words)
        #expect(words == ["an", "old", "dog", "saw", "a", "man", "near", "a"])
    }

    @Test func readsRegularAndIrregularNouns() {
        let regular = EnglishNoun("lady"), irregular = EnglishNoun("mouse/mice")
        #expect(regular.singular == "lady" && regular.plural == "ladies")
        #expect(irregular.singular == "mouse" && irregular.plural == "mice")
    }

    @Test func readsRegularAndIrregularVerbs() {
        let chase = EnglishVerb("chase"), feed = EnglishVerb("feed/fed")
        #expect(forms(chase) == ["chases", "chase", "chased", "chased", "chasing"])
        #expect(forms(feed) == ["feeds", "feed", "fed", "fed", "feeding"])
        #expect(forms(EnglishVerb("see/saw/seen")) == ["sees", "see", "saw", "seen", "seeing"])
    }

    private func forms(_ verb: EnglishVerb) -> [String] {
        [verb.singular, verb.plural, verb.past, verb.pastParticiple, verb.presentParticiple]
    }
}
