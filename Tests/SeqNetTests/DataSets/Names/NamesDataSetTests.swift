import SeqNet
import Testing

struct NamesDataSetTests {
    private static let data = try! NamesDataSet()
    private var parts: DataSetParts<NamesSentence> { Self.data.parts }
    private var sentences: [NamesSentence] { parts.train + parts.valid + parts.test }

    /// The words of names.
    private func names(_ sentences: [NamesSentence]) -> [String] {
        sentences.flatMap { zip($0.words, $0.tags).filter { $1 != "O" }.map(\.0) }
    }

    @Test func tagsAreValidBIO() {
        let kinds: Set = ["PER", "LOC", "ORG"]
        for sentence in sentences {
            #expect(sentence.words.count == sentence.tags.count && sentence.words.count >= 3)
            var before = "O"
            for tag in sentence.tags {
                #expect(tag == "O" || kinds.contains(String(tag.dropFirst(2))), "\(tag)")
                if tag.hasPrefix("I-") { #expect(before.dropFirst(2) == tag.dropFirst(2), "\(tag)") }
                before = tag
            }
        }
        #expect(Set(sentences.flatMap(\.tags)).count == 7)
    }

    @Test func wordsHaveNoBlanksAndSentencesBeginWithACapital() {
        for sentence in sentences {
            #expect(sentence.words.allSatisfy { !$0.isEmpty && !$0.contains { $0.isWhitespace } })
            #expect(sentence.words[0].first!.isUppercase, "\(sentence.words)")
            #expect([".", "?"].contains(sentence.words.last!))
        }
    }

    @Test func noSentenceIsInTwoPlaces() {
        #expect(Set(sentences.map(\.words)).count == sentences.count)
    }

    @Test func mostNamesOfTheTestPartAreInNoOther() {
        let known = Set((parts.train + parts.valid).flatMap(\.words))
        let tested = names(parts.test)
        let unseen = tested.count { !known.contains($0) }
        #expect(tested.count > 200)
        #expect(Double(unseen) / Double(tested.count) > 0.5)
    }

    /// Words that only their context tells, and so often that it pays to read it.
    @Test func wordsHaveSeveralTags() {
        var tags: [String: Set<String>] = [:]
        for sentence in sentences {
            for (word, tag) in zip(sentence.words, sentence.tags) {
                tags[word, default: []].insert(String(tag.suffix(3)))
            }
        }
        for word in ["Will", "May", "Mark", "Hope", "Reading", "March", "Target"] {
            #expect(tags[word]!.contains("O") && tags[word]!.count > 1, "\(word)")
        }
        #expect(tags["London"] == ["LOC", "ORG", "PER"])
    }

    @Test func filesHoldAWordALine() {
        let text = Self.data.files[2].text
        #expect(Self.data.files.map(\.name) == ["train.conll", "valid.conll", "test.conll"])
        let blocks = text.split(separator: "\n\n", omittingEmptySubsequences: true)
        #expect(blocks.count == parts.test.count && text.hasSuffix("O\n\n"))
        for (block, sentence) in zip(blocks, parts.test) {
            let lines = block.split(separator: "\n").map { $0.split(separator: "\t") }
            #expect(lines.map { String($0[0]) } == sentence.words)
            #expect(lines.map { String($0[1]) } == sentence.tags)
        }
    }

    @Test func textOfASeedStaysTheSame() throws {
        #expect(try NamesDataSet(size: 500, seed: 3).checksum == "94d33f25")
        #expect(try NamesDataSet(size: 500, seed: 4).checksum != "94d33f25")
        #expect(parts.train[0].words.joined(separator: " ") == "Mondtarto said that every head will call .")
    }
}
