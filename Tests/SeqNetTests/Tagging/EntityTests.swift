import Testing

@testable import SeqNet

struct EntityTests {
    private func entities(_ tags: String) -> [String] {
        Entity.all(in: tags.split(separator: " ").map { String($0) })
            .map { "\($0.type) \($0.words.lowerBound)-\($0.words.upperBound - 1)" }
    }

    @Test(arguments: [
        ("", []),
        ("O O", []),
        ("B-PER I-PER O B-LOC", ["PER 0-1", "LOC 3-3"]),
        ("B-PER B-PER I-PER", ["PER 0-0", "PER 1-2"]),
        ("S-PER B-LOC I-LOC E-LOC S-LOC", ["PER 0-0", "LOC 1-3", "LOC 4-4"]),
        // What makes no sense, as conlleval reads it.
        ("I-PER I-PER O I-LOC", ["PER 0-1", "LOC 3-3"]),
        ("B-PER I-LOC", ["PER 0-0", "LOC 1-1"]),
        ("E-PER E-PER", ["PER 0-0", "PER 1-1"]),
        ("S-PER I-PER", ["PER 0-0", "PER 1-1"]),
        ("B-PER O", ["PER 0-0"]),
        ("B I O B", [" 0-1", " 3-3"]),
        ("B-PER NOUN I-PER", ["PER 0-0", "PER 2-2"]),
    ])
    func runsOfTagsAreEntities(tags: String, expected: [String]) {
        #expect(entities(tags) == expected)
    }

    @Test func aTypeMayHoldAHyphen() {
        #expect(entities("B-GPE-LOC I-GPE-LOC") == ["GPE-LOC 0-1"])
        #expect(EntityTag("B-GPE-LOC")?.text == "B-GPE-LOC")
    }

    @Test(arguments: ["", "B-", "BPER", "X-PER", "o", "O-PER", "NOUN"])
    func otherTagsAreOfNoScheme(tag: String) {
        #expect(EntityTag(tag) == nil)
    }
}
