import Testing

@testable import SeqNet

struct TaggedFileTests {
    private let folder: TextFolder

    init() throws { folder = try TextFolder() }

    private func read(_ text: String, column: String? = nil) throws -> [TaggedSentence] {
        try read(Array(text.utf8), column: column)
    }

    private func read(_ bytes: [UInt8], column: String? = nil) throws -> [TaggedSentence] {
        let path = try folder.add("data.conll", bytes)
        var sentences: [TaggedSentence] = []
        try TaggedFile(path: path, column: column.map(ColumnReference.init))
            .forEachSentence { sentences.append($0) }
        return sentences
    }

    /// `word/tag word/tag` for each sentence.
    private func summary(_ sentences: [TaggedSentence]) -> [String] {
        sentences.map { sentence in
            zip(sentence.words, sentence.tags).map { "\($0)/\($1)" }.joined(separator: " ")
        }
    }

    /// A CoNLL-U line with a tag in each of UPOS, XPOS, FEATS and DEPREL.
    private static func conllu(_ id: String, _ word: String, _ tag: String) -> String {
        "\(id)\t\(word)\tlemma\t\(tag)\t\(tag)x\t\(tag)f\t0\t\(tag)d\t_\t_\n"
    }

    private static let twoSentences =
        "# sent_id = 1\n# text = I didn't\n" + conllu("1", "I", "PRON")
        + conllu("2-3", "didn't", "_") + conllu("2", "did", "AUX") + conllu("3", "n't", "PART")
        + conllu("3.1", "go", "VERB") + "\n# sent_id = 2\n" + conllu("1", "#", "SYM") + "\n"

    @Test(arguments: [
        (nil, ["I/PRON did/AUX n't/PART", "#/SYM"]),
        ("UPOS", ["I/PRON did/AUX n't/PART", "#/SYM"]),
        ("XPOS", ["I/PRONx did/AUXx n't/PARTx", "#/SYMx"]),
        ("FEATS", ["I/PRONf did/AUXf n't/PARTf", "#/SYMf"]),
        ("8", ["I/PRONd did/AUXd n't/PARTd", "#/SYMd"]),
    ])
    func columnsOfCoNLLUAreFoundByNameAndNumber(column: String?, expected: [String]) throws {
        let sentences = try read(Self.twoSentences, column: column)
        #expect(summary(sentences) == expected)
        #expect(sentences.map(\.line) == [3, 10])
    }

    private static let columnFiles: [(String, [String])] = [
        ("EU\tB-ORG\n.\tO\n\nHi\tO\n", ["EU/B-ORG ./O", "Hi/O"]),
        ("EU NNP I-NP B-ORG\nrejects VBZ I-VP O\n\nHi UH O O", ["EU/B-ORG rejects/O", "Hi/O"]),
        ("EU   B-ORG  \n.    O\n", ["EU/B-ORG ./O"]),
        ("-DOCSTART- -X- O O\n\nEU NNP I-NP B-ORG\n\n-DOCSTART- -X- O O\n\nHi UH O O\n",
            ["EU/B-ORG", "Hi/O"]),
        ("-DOCSTART-\tO\nEU\tB-ORG\n-DOCSTART-\tO\nHi\tO\n", ["EU/B-ORG", "Hi/O"]),
        ("\u{FEFF}EU\tB-ORG\r\n\r\nHi\tO\r\n\r\n\r\n", ["EU/B-ORG", "Hi/O"]),
        ("#tag O\n\n# SYM\nx NN\n", ["#tag/O", "#/SYM x/NN"]),
        ("New York\tB-LOC\n \t\né\tO\n", ["New York/B-LOC", "é/O"]),
        ("1 CD\n2 CD\n", ["1/CD 2/CD"]),
        ("a\tDT\n\n\n\n", ["a/DT"]),
    ]

    @Test(arguments: columnFiles)
    func columnCoNLLIsRead(text: String, expected: [String]) throws {
        #expect(try summary(read(text)) == expected)
    }

    @Test func aColumnOfColumnCoNLLIsANumber() throws {
        #expect(try summary(read("EU NNP B-ORG\n", column: "2")) == ["EU/NNP"])
        let error = #expect(throws: SeqNetError.self) { try read("EU NNP B-ORG\n", column: "XPOS") }
        #expect(error?.kind == .usage)
        #expect(error?.message.contains("there are columns 1 to 3") == true)
    }

    @Test func anUnknownColumnIsRefused() {
        let error = #expect(throws: SeqNetError.self) { try read(Self.twoSentences, column: "POS") }
        #expect(error?.kind == .usage)
        #expect(
            error?.message.hasPrefix("--column POS: text '") == true
                && error?.message.contains(
                    "data.conll', line 3, has no such column; there are: ID, FORM, LEMMA, UPOS") == true,
            "\(error?.message ?? "")")
    }

    private static let word1 = conllu("1", "a", "DET"), word2 = conllu("2", "b", "NOUN")

    private static let faultyFiles: [(String, String)] = [
        ("a\tDT\n\n\nb\tNN\n", "line 3: is blank, and no sentence ends there"),
        (word1 + "\n# empty\n\n" + word1, "line 4: is blank, and no sentence ends there"),
        ("\na\tDT\n", "line 1: is blank, and no sentence ends there"),
        ("a\tDT\nb\n", "line 2: has 1 column, and the first word has 2; a tab divides two columns"),
        ("a DT O\nb NN\n", "line 2: has 2 columns, and the first word has 3; blanks divide"),
        ("a DT\n# no comment\n",
            "line 2: has 3 columns, and the first word has 2; blanks divide two columns, and there "
                + "are no comments in column CoNLL"),
        ("a\n", "line 1: has one column; give a word and its tag"),
        ("a\t\n", "line 1: column 2 is empty; every word has a tag"),
        ("a\tDT\n\tNN\n", "line 2: column 1 is empty; every word has a tag"),
        (word1 + "2\tb\tNOUN\n", "line 2: has 3 columns, and CoNLL-U has 10; a tab divides"),
        (word1 + word1, "line 2: id '1', where word 2 of the sentence is due; ids count up from 1"),
        (word2, "line 1: id '2', where word 1"),
        (word1 + conllu("x", "b", "NOUN"), "line 2: id 'x', where word 2"),
        (word1 + conllu("3-4", "b", "_"), "line 2: id '3-4', where word 2"),
        (word1 + conllu("2.1", "b", "_"), "line 2: id '2.1', where word 2"),
        (word1 + conllu("3-2", "b", "_"), "line 2: id '3-2', where word 2"),
        (word1 + conllu("2-3", "b", "_") + word2, "line 2: the range ends with word 3, and the "
            + "sentence with word 2; mend the ids"),
        ("1 a a DET _ _ 0 root _ _\n", "line 1: looks like CoNLL-U whose tabs have become blanks"),
        ("a\tDT\nb\0\tNN\n", "line 2: a NUL byte"),
        ("", "data.conll': holds no sentences; give lines of a word and its tag"),
        ("# nothing\n\n", "data.conll': holds no sentences"),
        ("\n\n", "data.conll': holds no sentences"),
    ]

    @Test(arguments: faultyFiles)
    func aFaultyFileIsRefusedWithItsLine(text: String, expected: String) throws {
        let error = #expect(throws: SeqNetError.self) { try read(text) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func invalidUTF8IsRefusedWithItsLine() throws {
        let error = #expect(throws: SeqNetError.self) { try read(Array("a\tDT\n".utf8) + [0xE9, 0x0A]) }
        #expect(error?.message.contains("data.conll', line 2: not valid UTF-8") == true)
    }

    @Test func aCompressedFileIsToBeUnpacked() throws {
        let error = #expect(throws: SeqNetError.self) { try read([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]) }
        #expect(error?.message.contains("is compressed (gzip); unpack it first") == true)
    }

    @Test func aSentenceOf100000WordsIsRead() throws {
        let sentences = try read(String(repeating: "word\tNN\n", count: 100_000))
        #expect(sentences.map(\.words.count) == [100_000])
    }

    /// However the text comes in, byte by byte too.
    @Test func chunksDoNotMatter() throws {
        let whole = try read("\u{FEFF}" + Self.twoSentences)
        let bytes = Array(("\u{FEFF}" + Self.twoSentences).utf8)
        for size in 1...7 {
            var lines = LineScanner(source: whole[0].source)
            var scanner = TaggedSentenceScanner(source: whole[0].source, column: nil)
            var sentences: [TaggedSentence] = []
            func take(_ line: TextLine) throws { try scanner.take(line) { sentences.append($0) } }
            for start in stride(from: 0, to: bytes.count, by: size) {
                try Array(bytes[start..<min(start + size, bytes.count)])
                    .withUnsafeBufferPointer { try lines.feed($0, emit: take) }
            }
            try lines.finish(emit: take)
            try scanner.finish { sentences.append($0) }
            #expect(sentences == whole, "chunks of \(size)")
        }
    }
}
