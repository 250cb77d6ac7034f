import Testing

@testable import SeqNet

struct TaggerCorpusTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A file of sentences, each `word/tag word/tag`.
    private func file(_ name: String, _ sentences: [String]) throws -> String {
        let blocks = sentences.map { sentence in
            sentence.split(separator: " ").map { $0.replacing("/", with: "\t") + "\n" }.joined()
        }
        return try folder.write(blocks.joined(separator: "\n"), to: name)
    }

    private static func source(lowercase: Bool = false) throws -> TaggerCorpus.Source {
        .training(try VocabularyLimits(), lowercase: lowercase)
    }

    private func corpus(
        _ training: [String], validation: [String], test: [String] = [], _ source: TaggerCorpus.Source
    ) throws -> TaggerCorpus {
        try TaggerCorpus(
            CorpusFiles(
                training: [file("train.tsv", training)], validation: [file("valid.tsv", validation)],
                test: test.isEmpty ? [] : [file("test.tsv", test)]),
            source: source, seed: 1)
    }

    private func sequences(_ sequences: TokenSequences) -> [[Int32]] {
        (0..<sequences.count).map { Array(sequences[$0]) }
    }

    @Test func theTrainingPartAloneMakesVocabularyAndTags() throws {
        let corpus = try corpus(
            ["The/DT cat/NN", "the/DT dog/NN"], validation: ["a/DT cat/JJ"], test: ["dog/NN"],
            Self.source(lowercase: true))
        #expect(corpus.vocabulary.words.tokens == ["<eos>", "<unk>", "cat", "dog", "the"])
        #expect(corpus.tagSet.tags == ["DT", "NN"])
        #expect(sequences(corpus.targets) == [[0, 1], [0, 1]])
        #expect(corpus.training.sentenceCount == 2 && corpus.training.wordCount == 4)
        #expect(corpus.training.unknownWordCount == 0)
        #expect(corpus.validation.unknownWordCount == 1)
        #expect(corpus.validation.name.hasSuffix("valid.tsv'"))
        #expect(corpus.validation.tags == [["DT", "JJ"]], "an unknown tag is kept")
        #expect(corpus.test?.wordCount == 1)
    }

    @Test func bioIsLearnedAsBIOES() throws {
        let corpus = try corpus(
            ["Ann/B-PER Lee/I-PER sat/O", "in/O Rome/I-LOC"], validation: ["Rome/S-LOC"], Self.source())
        #expect(corpus.tagSet.learned == ["B-PER", "E-PER", "O", "S-LOC"])
        #expect(sequences(corpus.targets) == [[0, 1, 2], [2, 3]])
        #expect(corpus.training.tags == [["B-PER", "I-PER", "O"], ["O", "B-LOC"]])
        #expect(corpus.training.mendedTagCount == 1)
        #expect(corpus.validation.tags == [["B-LOC"]], "converted")
    }

    @Test func aSplitCutsShuffledSentences() throws {
        let path = try file("train.tsv", (0..<100).map { "w\($0)/A x/B" })
        func split(seed: UInt64) throws -> TaggerCorpus {
            try TaggerCorpus(
                CorpusFiles(training: [path], split: Split("70,10,15")), source: Self.source(),
                seed: seed)
        }
        let corpus = try split(seed: 1)
        let parts = [corpus.training, corpus.validation, corpus.test!]
        #expect(parts.map(\.sentenceCount) == [70, 10, 15] && corpus.leftOutCount == 5)
        #expect(corpus.vocabulary.words.count == 2 + 71)
        #expect(parts[2].name.hasPrefix("test part of text '") == true)
        #expect(try split(seed: 1).training.fingerprint == corpus.training.fingerprint)
        #expect(try split(seed: 2).training.fingerprint != corpus.training.fingerprint)
    }

    @Test func theFingerprintIsThatOfWordsLettersAndTags() throws {
        func fingerprint(_ sentence: String) throws -> String {
            try corpus([sentence], validation: ["a/X"], Self.source(lowercase: true)).training.fingerprint
        }
        let first = try fingerprint("a/X A/Y")
        #expect(try fingerprint("a/X A/Y") == first)
        for other in ["a/Y A/X", "A/X a/Y", "a/X A/Y A/Y", "a/X a/Y", "a/X b/Y"] {
            #expect(try fingerprint(other) != first, "\(other)")
        }
    }

    /// A file without blank lines is one sentence, which must not fill the memory.
    @Test func anEndlessSentenceIsCut() throws {
        let words = Array(repeating: "a/O", count: 505) + Array(repeating: "b/B-X", count: 1)
        let entity = Array(repeating: "b/I-X", count: 600)
        let corpus = try corpus(
            [(words + entity).joined(separator: " "), "a/O"], validation: ["a/O"], Self.source())
        #expect(corpus.training.words.lengths == [512, 512, 82, 1])
        #expect(corpus.training.cutCount == 1 && corpus.validation.cutCount == 0)
        #expect(corpus.training.tags[1].first == "B-X", "what is cut begins anew")
        #expect(corpus.targets.lengths == [512, 512, 82, 1])
    }

    @Test func tagsThatAreAllTheSameTeachNothing() throws {
        expectSeqNetError(.badData, "train.tsv'", "every tag is 'A'; give another --column") {
            _ = try corpus(["a/A b/A"], validation: ["a/A"], Self.source())
        }
    }

    @Test func aModelsTagsAreKeptOrRefusedWithTheLine() throws {
        let first = try corpus(["a/X b/Y"], validation: ["a/X"], Self.source())
        let model = TaggerCorpus.Source.model(first.vocabulary, first.tagSet)
        let second = try corpus(["b/Y c/X"], validation: ["a/Z"], model)
        #expect(second.vocabulary == first.vocabulary && second.training.unknownWordCount == 1)
        expectSeqNetError(
            .badData, "train.tsv', line 3: the sentence there has a tag that the model of --init-from "
                + "does not know (it knows X, Y)"
        ) {
            _ = try corpus(["a/X", "b/X c/Z"], validation: ["a/X"], model)
        }
    }

    @Test func anEvaluationReadsAFileByTheModel() throws {
        let model = try corpus(["Ann/B-PER sat/O"], validation: ["sat/O"], Self.source())
        let path = try file("other.tsv", ["Ann/S-PER Bo/S-LOC", "<unk>/O"])
        let part = try TaggerPart(
            contentsOf: path, column: nil, vocabulary: model.vocabulary, tagSet: model.tagSet)
        #expect(part.tags == [["B-PER", "B-LOC"], ["O"]] && part.mendedTagCount == 2)
        #expect(part.unknownWordCount == 1)
    }
}
