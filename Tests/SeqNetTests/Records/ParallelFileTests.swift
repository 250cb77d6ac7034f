import SeqNet
import Testing

struct ParallelFileTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(_ text: String) throws -> ParallelFile {
        try ParallelFile(contentsOf: folder.add("pairs.tsv", text))
    }

    @Test func pairsAreReadAsTheyAre() throws {
        let file = try read("\u{FEFF}Well, \"now\".\tEh bien, «\u{A0}maintenant\u{A0}».\r\n b \tc")
        #expect(
            file.pairs == [
                SentencePair(
                    line: 1, source: "Well, \"now\".", target: "Eh bien, «\u{A0}maintenant\u{A0}»."),
                SentencePair(line: 2, source: " b ", target: "c"),
            ])
        #expect(file.name.hasSuffix("pairs.tsv'"))
    }

    @Test func aLineMayBeVeryLong() throws {
        let words = Array(repeating: "word", count: 100_000).joined(separator: " ")
        #expect(try read("a\tb\nc\t\(words)\n").pairs[1].target == words)
    }

    @Test(arguments: [
        ("Hello, you.\nYes.\n", "line 1: has no tab; give a line a pair"),
        ("a\tb\tc\nd\te\tf\n", "line 1: has 3 fields and not two, source and target; keep two"),
        ("a\tb\nc\n", "line 2: has 1 field, and the first record has 2"),
        ("a\tb\nc\td\te\n", "line 2: has 3 fields, and the first record has 2"),
        ("a\tb\n\tc\n", "line 2: the source is empty; fill it in or delete the line"),
        ("a\t\nc\td\n", "line 1: the target is empty"),
        ("a\tb\nc\t \u{A0}\n", "line 2: the target is empty"),
        ("a\tb\n\nc\td\n", "line 2: is blank, with a record after it"),
        ("a\tb\nc\t\0\n", "line 2: a NUL byte"),
        ("", "holds no records"),
    ])
    func aFaultyFileIsRefusedWithItsLine(text: String, expected: String) throws {
        let error = #expect(throws: SeqNetError.self) { try read(text) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("pairs.tsv'") == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func aMissingFileCannotBeRead() {
        let error = #expect(throws: SeqNetError.self) {
            try ParallelFile(contentsOf: folder.path + "/nowhere.tsv")
        }
        #expect(error?.kind == .cannotRead)
    }
}
