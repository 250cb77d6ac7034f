import SeqNet
import Testing

struct LabelCountsTests {
    @Test func theMostFrequentComeFirstAndOfEqualsThoseOfLesserBytes() {
        var counts = LabelCounts()
        #expect(counts.isEmpty && counts.total == 0)
        for label in ["b", "é", "a", "b", "e\u{301}", "c", "c", "c", "c"] { counts.add(label) }
        #expect(counts.total == 9 && !counts.isEmpty)
        let all = counts.mostFrequent
        // Labels are told apart by their bytes.
        #expect(all.map { Array($0.label.utf8) } == ["c", "b", "a", "e\u{301}", "é"].map { Array($0.utf8) })
        #expect(all.map(\.count) == [4, 2, 1, 1, 1])
    }
}
