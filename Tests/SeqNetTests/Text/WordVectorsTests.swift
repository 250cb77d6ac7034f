import Testing

@testable import SeqNet

struct WordVectorsTests {
    private let folder: TextFolder
    private let vocabulary: Vocabulary

    init() throws {
        folder = try TextFolder()
        var counts = TokenCounts()
        for word in ["cat", "dog", "Zoë"] { counts.add(word) }
        vocabulary = try Vocabulary(kind: .words, counts: counts, limits: VocabularyLimits())
    }

    private func read(_ text: String) throws -> WordVectors {
        try WordVectors(contentsOf: folder.add("vectors.txt", text), for: vocabulary)
    }

    private func found(_ vectors: WordVectors) -> [String: [Float]] {
        let rows = vectors.ids.enumerated().map { index, id in
            (
                String(decoding: vocabulary.bytes(of: id), as: UTF8.self),
                Array(vectors.values[index * vectors.size..<(index + 1) * vectors.size])
            )
        }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    @Test(arguments: [
        // GloVe, word2vec with its header, fastText with a blank at the end of each line.
        "cat 0.5 -1\nhorse 9 9\nZoë 1e-1 +2.\n",
        "3 2\ncat 0.5 -1\nhorse 9 9\nZoë 1e-1 +2.\n",
        "\u{FEFF}3 2\r\ncat 0.5 -1 \r\nhorse 9 9 \r\nZoë 1e-1 +2. \r\n",
        "cat\t0.5\t-1\nZoë\t0.1\t2",
    ])
    func everyTextFormIsRead(text: String) throws {
        let vectors = try read(text)
        #expect(vectors.size == 2)
        #expect(found(vectors) == ["cat": [0.5, -1], "Zoë": [0.1, 2]])
    }

    @Test func theFirstVectorOfAWordCounts() throws {
        #expect(found(try read("dog 1 2\ndog 3 4\n")) == ["dog": [1, 2]])
    }

    @Test func wordsWithBlanksArePassedOver() throws {
        let vectors = try read("dog 1 2\n. . . 3 4\nat dog 5 6\n1 2 3\n")
        #expect(found(vectors) == ["dog": [1, 2]])
    }

    @Test func vectorsOfOtherWordsAloneAreNone() throws {
        let vectors = try read("horse 1 2 3\n")
        #expect(vectors.ids.isEmpty && vectors.values.isEmpty && vectors.size == 3)
    }

    @Test func vectorsTakeThePlaceOfTheirWordsRows() throws {
        let block = ParameterBlock()
        let embedding = Embedding(
            vocabulary: vocabulary.count, size: 2, initializer: .uniform(bound: 1), in: block)
        let context = try KernelContext()
        block.initialize(seed: 1, context)
        let rows = { (0..<Int32(self.vocabulary.count)).map { id in
            Array(UnsafeBufferPointer(start: embedding.vector(of: id), count: 2))
        } }
        var expected = rows()
        expected[Int(vocabulary.id(of: "dog")!)] = [1, 2]
        expected[Int(vocabulary.id(of: "Zoë")!)] = [3, 4]
        try read("Zoë 3 4\nhorse 9 9\ndog 1 2\n").copy(to: embedding)
        #expect(rows() == expected)
    }

    @Test(arguments: [
        ("cat 1 2\ndog 1\n", "line 2: has 1 number after the word, where the lines above say 2"),
        ("2 3\ncat 1 2\n", "line 2: has 2 numbers after the word, where the lines above say 3"),
        ("cat 1 2\nhorse 1 2 3\n", "line 2: has more than 2 numbers after the word, from '1' on"),
        ("cat 1 2\nhorse 1 x\n", "line 2: 'x' is not a finite number"),
        ("cat 1 nan\n", "line 1: 'nan' is not a finite number"),
        ("cat 1 1e99\n", "line 1: '1e99' is not a finite number"),
        ("cat 1 1-2\n", "line 1: '1-2' is not a finite number"),
        ("cat\n", "line 1: has 0 numbers after the word"),
        ("cat 1\n\ndog 2\n", "line 2: has 0 numbers after the word"),
        ("2 1\ncat \0\n", "line 2: a NUL byte"),
        ("3 2\ncat 1 2\n", "vectors.txt': line 1 promises 3 words, and there are 1; get a whole copy"),
        ("", "vectors.txt': holds no word vectors"),
    ])
    func aFaultyFileIsRefusedWithItsLine(text: String, expected: String) {
        let error = #expect(throws: SeqNetError.self) { try read(text) }
        #expect(error?.kind == .badData)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test func whatIsNotUTF8IsRefused() throws {
        let path = try folder.add("vectors.txt", Array("cat 1\n".utf8) + [0xFF, 0x20, 0x31, 0x0A])
        let error = #expect(throws: SeqNetError.self) {
            try WordVectors(contentsOf: path, for: vocabulary)
        }
        #expect(error?.message.contains("line 2: not valid UTF-8") == true)
    }
}
