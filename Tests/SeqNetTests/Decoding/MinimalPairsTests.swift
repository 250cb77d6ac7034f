import Testing

@testable import SeqNet

struct MinimalPairsTests {
    private let context: KernelContext
    private let folder: TextFolder

    init() throws {
        context = try KernelContext(threads: 1)
        folder = try TextFolder()
    }

    /// A model without memory, in which each letter is likelier than the next: a, b, c … .
    private func model() throws -> LanguageModel {
        let model = try Tiny.model(Tiny.characters(), context, scale: 0)
        let bias = model.buffer("output.bias")
        for id in 2..<11 { bias[id] = -Float(id) }
        model.parameters.pack(context, backward: false)
        return model
    }

    private func accuracy(_ text: String) throws -> MinimalPairAccuracy {
        let pairs = try MinimalPairs(contentsOf: folder.add("pairs.tsv", text))
        return try pairs.accuracy(of: LineScorer(model(), context))
    }

    @Test func pairsAreReadWhateverTheLineEnds() throws {
        let path = try folder.add("pairs.tsv", "\u{FEFF}1\ta b\tc\r\n\r\n2\td\té\n\n3\te\tf")
        #expect(
            try MinimalPairs(contentsOf: path).pairs == [
                MinimalPair(group: "1", right: "a b", wrong: "c"),
                MinimalPair(group: "2", right: "d", wrong: "é"),
                MinimalPair(group: "3", right: "e", wrong: "f"),
            ])
    }

    @Test func likelierLinesAreCountedByGroup() throws {
        let result = try accuracy("10\ta\tb\n2\tc\tb\n10\td\tc\n2\ta\tb\n2\tab\tac\n")
        #expect(result.groups.map(\.name) == ["2", "10"], "by number")
        #expect(result.groups.map(\.pairs) == [3, 2])
        #expect(result.groups.map(\.correct) == [2, 1])
        #expect(result.groups.map(\.accuracy) == [2.0 / 3, 0.5])
        #expect(result.pairs == 5 && result.correct == 3 && result.accuracy == 0.6)
        #expect(result.unknownCount == 0)
    }

    @Test func groupsThatAreNoNumbersAreSortedAsText() throws {
        let result = try accuracy("noun\ta\tb\n10\ta\tb\n9\ta\tb\nNoun\ta\tb\n")
        #expect(result.groups.map(\.name) == ["10", "9", "Noun", "noun"])
    }

    /// Two spellings of é are two groups, though Swift's strings hold them equal.
    @Test func groupsAreComparedByBytes() throws {
        let result = try accuracy("\u{E9}\ta\tb\ne\u{301}\ta\tb\n")
        #expect(result.groups.map(\.pairs) == [1, 1])
    }

    @Test func equallyLikelyLinesDoNotCount() throws {
        let result = try accuracy("1\tab\tba\n")
        #expect(result.correct == 0 && result.pairs == 1)
    }

    @Test func unknownCharactersAreCounted() throws {
        #expect(try accuracy("1\ta?\tb!!\n").unknownCount == 3)
    }

    @Test(arguments: [
        ("1\ta\tb\n2\ta\n", "line 2: has 2 columns, expected 3: a group, the right and the wrong text"),
        ("\n1 a b\n", "line 2: has 1 column, expected 3"),
        ("1\ta\tb\tc\n", "line 1: has 4 columns, expected 3"),
        ("1\ta\tb\n2\t\tb\n", "line 2: column 2 is empty"),
        ("\r\n\n", "pairs.tsv': holds no pairs"),
    ])
    func aFaultyFileIsRefusedWithItsLine(text: String, expected: String) throws {
        let path = try folder.add("pairs.tsv", text)
        let error = #expect(throws: SeqNetError.self) { try MinimalPairs(contentsOf: path) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("pairs.tsv'") == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func anEmptyFileIsRefused() throws {
        let path = try folder.add("pairs.tsv", "")
        let error = #expect(throws: SeqNetError.self) { try MinimalPairs(contentsOf: path) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("holds no pairs") == true)
    }

    @Test func aMissingFileIsRefused() {
        let error = #expect(throws: SeqNetError.self) {
            try MinimalPairs(contentsOf: folder.path + "/none.tsv")
        }
        #expect(error?.kind == .cannotRead)
    }

    @Test func invalidUTF8IsRefusedWithItsLine() throws {
        let path = try folder.add("pairs.tsv", Array("1\ta\tb\n2\ta\t".utf8) + [0xFF, 0x0A])
        let error = #expect(throws: SeqNetError.self) { try MinimalPairs(contentsOf: path) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("line 2: is not valid UTF-8") == true)
    }

    @Test func aTextThatCannotBeTokensIsRefusedWithItsLine() throws {
        let error = #expect(throws: SeqNetError.self) { try accuracy("1\ta\tb\n\n2\ta\0\tb\n") }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains("line 3") == true, "\(error?.message ?? "")")
    }
}
