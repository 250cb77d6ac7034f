import Testing

@testable import SeqNet

struct TagSetTests {
    private let bio = TagSet(training: [["B-PER", "I-PER", "O"], ["B-LOC", "O"]])

    @Test func aModelLearnsBIOESInPlaceOfBIO() {
        #expect(bio.scheme == .bio)
        #expect(bio.tags == ["B-LOC", "B-PER", "I-PER", "O"])
        #expect(bio.learned == ["B-PER", "E-PER", "O", "S-LOC"])
        #expect(bio.learned(["B-LOC", "O", "B-PER", "I-PER"]) == [3, 2, 0, 1])
        #expect(bio.learned(["I-LOC"]) == [3], "mended")
        #expect(bio.learned(["O", "X"]) == nil && bio.isForeign("X") && !bio.isForeign("I-LOC"))
        #expect(bio.learned(["B-LOC", "I-LOC"]) == nil, "B-LOC E-LOC was never seen")
    }

    @Test func whatAModelSaysIsGivenAsFilesHaveIt() {
        #expect(bio.tags(of: [0, 1, 2, 3]) == ["B-PER", "I-PER", "O", "B-LOC"])
        #expect(bio.tags(of: [1, 0, 0]) == ["B-PER", "B-PER", "B-PER"], "mended")
        #expect(bio.index(of: "O") == 3 && bio.index(of: "S-LOC") == nil)
    }

    @Test func aModelMayOnlySayWhatMakesSense() {
        let allowed = (0..<4).map { tag in (0..<4).filter { bio.allows(tag, then: $0) } }
        #expect(allowed == [[1], [0, 2, 3], [0, 2, 3], [0, 2, 3]])
        #expect((0..<4).filter { bio.allows(nil, then: $0) } == [0, 2, 3])
        #expect((0..<4).filter { bio.allows($0, then: nil) } == [1, 2, 3])
    }

    @Test func partsOfSpeechAreLearnedAsTheyAre() {
        let set = TagSet(training: [["VERB", "NOUN"], ["\u{E9}", "e\u{301}"]])
        #expect(set.scheme == .none && set.learned.count == 4)
        #expect(set.learned(["NOUN", "VERB", "e\u{301}", "\u{E9}"]) == [0, 1, 2, 3])
        #expect(set.learned(["ADJ"]) == nil)
        #expect(set.tags(of: [1, 0]) == ["VERB", "NOUN"])
    }

    @Test func aModelFileKeepsIt() throws {
        let read = try TagSet(scheme: bio.scheme.rawValue, learned: bio.learned, source: "model 'a'")
        #expect(read == bio)
    }

    @Test(arguments: [
        ("iob", ["O"], "unknown tag scheme 'iob'"),
        ("none", [], "there are no tags"),
        ("none", ["a", "b", "a"], "a tag is there twice"),
        ("bio", ["O", "NOUN"], "tag 'NOUN' is not of the scheme bio"),
    ])
    func aDamagedModelFileIsRefused(scheme: String, learned: [String], expected: String) {
        let error = #expect(throws: SeqNetError.self) {
            try TagSet(scheme: scheme, learned: learned, source: "model 'a', labels")
        }
        #expect(error?.kind == .badData)
        #expect(error?.message.hasPrefix("model 'a', labels: \(expected)") == true)
    }
}
