import Foundation
import SeqNet
import Testing

@Suite struct CorpusTests {
    private let folder: TextFolder
    private let words: Tokenizer
    private let characters: Tokenizer

    init() throws {
        folder = try TextFolder()
        words = try Tokenizer(kind: .words)
        characters = try Tokenizer(kind: .characters)
    }

    private func corpus(
        _ files: CorpusFiles, _ tokenizer: Tokenizer, minimumCount: Int = 1
    ) throws -> Corpus {
        try Corpus(
            files, tokenizer: tokenizer,
            vocabulary: .training(VocabularyLimits(minimumCount: minimumCount)),
            scratchFolder: folder.scratch)
    }

    @Test func aTextBecomesSortedIds() throws {
        let corpus = try Corpus.whole("the cat\nthe dog\n", words, in: folder)
        #expect(corpus.vocabulary.tokens == ["<eos>", "<unk>", "cat", "dog", "the"])
        #expect(corpus.vocabulary.counts == [2, 0, 1, 1, 2])
        #expect(corpus.training.ids(0..<6) == [4, 2, 0, 4, 3, 0])
        #expect(corpus.training.textStarts == [0])
        #expect(corpus.training.unknownCount == 0)
        #expect(corpus.validation == nil)
        #expect(corpus.test == nil)
        #expect(corpus.leftOutCount == 0)
    }

    @Test func readingTellsTheBytesOfAllTexts() throws {
        let first = try folder.add("first.txt", String(repeating: "word ", count: 100_000))
        let second = try folder.add("second.txt", "valid\n")
        var told: [Int] = []
        _ = try Corpus(
            CorpusFiles(training: [first], validation: [second]), tokenizer: words,
            vocabulary: .training(VocabularyLimits()), scratchFolder: folder.scratch
        ) { told.append($0) }
        #expect(told.count >= 3, "a large text is read in chunks")
        #expect(told == told.sorted())
        #expect(told.last == 500_006)
    }

    @Test func rangesAreCopied() throws {
        let corpus = try Corpus.whole("abcdef", characters, in: folder)
        #expect(corpus.training.words(corpus.vocabulary) == ["a", "b", "c", "d", "e", "f"])
        var ids = [Int32](repeating: -1, count: 4)
        ids.withUnsafeMutableBufferPointer { corpus.training.copy(2..<5, to: $0) }
        #expect(ids == Array(corpus.training.ids(2..<5)) + [-1])
        #expect(corpus.training.ids(3..<3) == [])
    }

    @Test func rareWordsFallToUnknown() throws {
        let corpus = try Corpus.whole(
            "a a b <unk> c c b2 b2 b3\n", words, minimumCount: 2, in: folder)
        #expect(
            corpus.training.words(corpus.vocabulary)
                == ["a", "a", "<unk>", "<unk>", "c", "c", "b2", "b2", "<unk>", "<eos>"])
        #expect(corpus.training.unknownCount == 2)
        #expect(corpus.training.unknownTypeCount == 2)
        #expect(corpus.vocabulary.counts?[Int(corpus.vocabulary.unknown!)] == 3)
    }

    @Test func theVocabularyIsOfTheTrainingTextAlone() throws {
        let corpus = try corpus(
            CorpusFiles(
                training: [folder.add("a", "x y\n"), folder.add("b", "z")],
                validation: [folder.add("c", "x new new other\n")], test: [folder.add("d", "y\n")]),
            words)
        #expect(corpus.vocabulary.tokens == ["<eos>", "<unk>", "x", "y", "z"])
        #expect(corpus.training.words(corpus.vocabulary) == ["x", "y", "<eos>", "z", "<eos>"])
        #expect(corpus.training.textStarts == [0, 3])
        let validation = try #require(corpus.validation)
        #expect(validation.words(corpus.vocabulary) == ["x", "<unk>", "<unk>", "<unk>", "<eos>"])
        #expect(validation.unknownCount == 3)
        #expect(validation.unknownTypeCount == 2)
        #expect(validation.textStarts == [0])
        #expect(try #require(corpus.test).words(corpus.vocabulary) == ["y", "<eos>"])
    }

    @Test func fractionsCutTokensInFileOrder() throws {
        let corpus = try corpus(
            CorpusFiles(
                training: [folder.add("a", "abcdefg"), folder.add("b", "hijklmnopqrst")],
                split: .fractions(train: 0.5, validation: 0.25, test: 0.2)), characters)
        #expect(corpus.training.words(corpus.vocabulary).joined() == "abcdefghij")
        #expect(corpus.training.textStarts == [0, 7])
        // Of the validation and test part the vocabulary knows nothing.
        let validation = try #require(corpus.validation)
        #expect(validation.count == 5)
        #expect(validation.unknownCount == 5)
        #expect(validation.textStarts == [0])
        #expect(corpus.test?.count == 4)
        #expect(corpus.leftOutCount == 1)
    }

    @Test(arguments: TokenKind.allCases)
    func rowsOfATextAreItsLines(_ kind: TokenKind) throws {
        let corpus = try corpus(
            CorpusFiles(
                training: [folder.add("a", "a\nb\nc"), folder.add("b", "d\ne\nf\n")],
                split: .rows(train: 3, validation: 1, test: 1)), Tokenizer(kind: kind))
        let perLine = [2, 2, kind == .words ? 2 : 1]
        #expect(corpus.training.count == perLine.reduce(0, +))
        #expect(corpus.validation?.count == 2)
        #expect(corpus.test?.count == 2)
        #expect(corpus.leftOutCount == 2)
        #expect(corpus.training.textStarts == [0])
    }

    @Test func aSplitMayCutOffOnePartAndAFileGiveTheOther() throws {
        let corpus = try corpus(
            CorpusFiles(
                training: [folder.add("a", "aaaabbbb")], test: [folder.add("b", "ab")],
                split: .fractions(train: 0.5, validation: 0.25)), characters)
        #expect(corpus.training.count == 4)
        #expect(corpus.validation?.count == 2)
        #expect(corpus.test?.count == 2)
        #expect(corpus.leftOutCount == 2)
        #expect(corpus.test?.unknownCount == 1)
    }

    @Test func bytesAreTheirOwnIds() throws {
        let all = (0...255).map { UInt8($0) }
        let corpus = try corpus(
            CorpusFiles(training: [folder.add("a", all + [0xFF, 0xFE])]), Tokenizer(kind: .bytes))
        #expect(corpus.vocabulary == .bytes)
        #expect(corpus.training.ids(0..<258) == (0...255).map { Int32($0) } + [255, 254])
        #expect(corpus.vocabulary.counts?[254] == 2)
    }

    /// Vocabularies on both sides of each width, and more tokens than fit any buffer.
    @Test(arguments: [254, 255, 65534, 65535])
    func everyWidthOfIdsHoldsTheText(_ types: Int) throws {
        let list = (0..<types).map { String($0 * 7919 % types) }
        let text = (list + list.reversed()).joined(separator: " ")
        let corpus = try Corpus.whole(text, words, in: folder)
        #expect(corpus.vocabulary.count == types + 2)
        let isTheText =
            corpus.training.words(corpus.vocabulary) == list + list.reversed() + ["<eos>"]
        #expect(isTheText)
    }

    @Test func aGivenVocabularyIsKept() throws {
        let vocabulary = try Vocabulary(kind: .words, tokens: ["b", "<unk>", "<eos>"], source: "m")
        let corpus = try Corpus(
            CorpusFiles(training: [folder.add("a", "a b\n")]), tokenizer: words,
            vocabulary: .model(vocabulary), scratchFolder: folder.scratch)
        #expect(corpus.vocabulary == vocabulary)
        #expect(corpus.training.ids(0..<3) == [1, 0, 2])
    }

    @Test func textsAreEncodedForEvaluation() throws {
        let trained = try Corpus.whole("the cat sat\n", words, in: folder)
        let part = try Corpus.encode(
            [folder.add("a", "the dog\n"), folder.add("b", "dog fox")], tokenizer: words,
            vocabulary: trained.vocabulary, scratchFolder: folder.scratch)
        #expect(
            part.words(trained.vocabulary)
                == ["the", "<unk>", "<eos>", "<unk>", "<unk>", "<eos>"])
        #expect(part.unknownCount == 3)
        #expect(part.unknownTypeCount == 2)
        #expect(part.textStarts == [0, 3])
        #expect(part.name == "text '\(folder.path)/a' and 1 more")
    }

    @Test func nothingIsLeftBehind() throws {
        let corpus = try Corpus.whole("the cat\n", words, in: folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.scratch) == [])
        #expect(corpus.training.count == 3)
    }

    @Test func theFingerprintTellsWhetherDataChanged() throws {
        func fingerprint(_ texts: [String]) throws -> String {
            let paths = try texts.enumerated().map { try folder.add("f\($0)", $1) }
            return try corpus(CorpusFiles(training: paths), words).training.fingerprint
        }
        let original = try fingerprint(["the cat\nthe dog\n"])
        #expect(original.count == 16)
        #expect(try fingerprint(["the cat\r\nthe  dog"]) == original)
        #expect(try fingerprint(["the cat\nthe dig\n"]) != original)  // equal ids, other words
        #expect(try fingerprint(["the dog\nthe cat\n"]) != original)  // equal counts
        #expect(try fingerprint(["the cat\n", "the dog\n"]) != original)  // another start
        #expect(try fingerprint(["the cat\nthe dog\n\n"]) != original)
    }

    @Test func partsHaveFingerprintsOfTheirOwn() throws {
        func parts(_ text: String) throws -> (String, String?) {
            let corpus = try corpus(
                CorpusFiles(
                    training: [folder.add("f", text)], split: .rows(train: 2, validation: 1)),
                words)
            return (corpus.training.fingerprint, corpus.validation?.fingerprint)
        }
        let one = try parts("a b\nb a\na a\n")
        let other = try parts("a b\nb a\nb b\n")
        #expect(one.0 == other.0)
        #expect(one.1 != other.1)
    }
}
