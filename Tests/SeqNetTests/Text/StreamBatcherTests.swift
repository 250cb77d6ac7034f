import SeqNet
import Testing

@Suite struct StreamBatcherTests {
    private let folder: TextFolder
    private let tokenizer: Tokenizer

    init() throws {
        folder = try TextFolder()
        tokenizer = try Tokenizer(kind: .characters)
    }

    /// A corpus of texts given as files of their own.
    private func corpus(_ texts: [String]) throws -> Corpus {
        try Corpus(
            CorpusFiles(training: texts.enumerated().map { try folder.add("t\($0)", $1) }),
            tokenizer: tokenizer, vocabulary: .training(VocabularyLimits()),
            scratchFolder: folder.scratch)
    }

    private func batcher(_ corpus: Corpus, _ batchSize: Int, _ length: Int) throws -> StreamBatcher
    {
        try StreamBatcher(
            corpus.training, vocabulary: corpus.vocabulary, batchSize: batchSize,
            sequenceLength: length)
    }

    private func text(_ ids: [Int32], _ corpus: Corpus) -> String {
        Detokenizer.text(of: ids, corpus.vocabulary)
    }

    @Test func aSmallTextByHand() throws {
        // Streams of 11 characters: abcd efgh ijk.
        let corpus = try corpus(["abcdefghijk"])
        let batcher = try batcher(corpus, 3, 3)
        #expect(batcher.windowCount == 2)
        let first = batcher.window(0)
        #expect(first.lengths == [3, 3, 3])
        #expect(text(first.inputs, corpus) == "\ndhaeibfj")
        #expect(text(first.targets, corpus) == "aeibfjcgk")
        #expect(first.resets == [])
        let second = batcher.window(1)
        #expect(second.lengths == [1, 1])
        #expect(text(second.inputs, corpus) == "cg")
        #expect(text(second.targets, corpus) == "dh")
    }

    @Test func textsBeginAfterTheLineEndFromAZeroState() throws {
        // Streams: ab|cd ef|gh, with texts beginning at c and g; g begins a window too.
        let corpus = try corpus(["ab", "cdef", "gh"])
        let whole = try batcher(corpus, 2, 4).window(0)
        #expect(text(whole.targets, corpus) == "aebfcgdh")
        #expect(text(whole.inputs, corpus) == "\ndae\n\ncg")
        #expect(whole.resets == [4, 5])
        let halves = try batcher(corpus, 2, 2)
        #expect(halves.window(0).resets == [])
        #expect(text(halves.window(1).inputs, corpus) == "\n\ncg")
        #expect(halves.window(1).resets == [0, 1])
    }

    @Test func aTextThatBeginsAStreamNeedsNoReset() throws {
        let corpus = try corpus(["abcd", "efgh"])
        let window = try batcher(corpus, 2, 4).window(0)
        #expect(text(window.inputs, corpus) == "\n\naebfcg")
        #expect(window.resets == [])
    }

    @Test func wordsBeginAfterEos() throws {
        let corpus = try Corpus.whole("a b\nc d\n", Tokenizer(kind: .words), in: folder)
        let window = try batcher(corpus, 1, 6).window(0)
        #expect(window.inputs.first == corpus.vocabulary.lineEnd)
        #expect(Array(window.inputs.dropFirst()) == Array(window.targets.dropLast()))
        #expect(window.targets == corpus.training.ids(0..<6))
    }

    /// Over an epoch, the targets of each stream, stream after stream, are the part; the
    /// inputs are the tokens before them, or the line end where a text begins.
    @Test(arguments: [1, 2, 3, 7, 16], [1, 2, 5, 64, Int.max])
    func anEpochIsThePartItself(_ batchSize: Int, _ length: Int) throws {
        let texts = [
            "The first text, of some length.\n", "x", "दूसरा पाठ\n",
            "The last one is longer than the others.",
        ]
        let corpus = try corpus(texts)
        let part = corpus.training
        let batcher = try batcher(corpus, batchSize, length)
        var inputs = [[Int32]](repeating: [], count: batchSize)
        var targets = inputs
        var resets: [(stream: Int, step: Int)] = []
        var window = StreamWindow()
        for index in 0..<batcher.windowCount {
            batcher.fill(&window, index)
            #expect(window == batcher.window(index))
            #expect(window.lengths == window.lengths.sorted(by: >))
            #expect(window.targets.count == window.lengths.reduce(0) { $0 + Int($1) })
            #expect(window.inputs.count == window.targets.count)
            #expect(window.resets == window.resets.sorted())
            var row = 0
            for step in 0..<Int(window.lengths[0]) {
                for stream in window.lengths.indices where step < window.lengths[stream] {
                    if window.resets.contains(Int32(row)) {
                        resets.append((stream, targets[stream].count))
                    }
                    inputs[stream].append(window.inputs[row])
                    targets[stream].append(window.targets[row])
                    row += 1
                }
            }
        }
        let ids = part.ids(0..<part.count)
        #expect(targets.flatMap { $0 } == ids)
        let sizes = targets.map(\.count)
        #expect(sizes == sizes.sorted(by: >) && sizes[0] - sizes[batchSize - 1] <= 1)
        var before = [corpus.vocabulary.lineEnd] + ids.dropLast()
        for start in part.textStarts { before[start] = corpus.vocabulary.lineEnd }
        #expect(inputs.flatMap { $0 } == before)
        let starts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
        #expect(
            resets.map { starts[$0.stream] + $0.step }.sorted()
                == part.textStarts.filter { !starts.contains($0) })
    }

    @Test func tooShortATextIsNamed() throws {
        let corpus = try corpus(["abcde"])
        let path = folder.path + "/t0"
        #expect(
            throws: SeqNetError(
                .badData,
                "text '\(path)': 5 tokens are too few for --batch-size 3, each of which needs 2; "
                    + "use --batch-size 2 or less, or a longer text")
        ) { try batcher(corpus, 3, 10) }
        #expect(try batcher(corpus, 2, 10).windowCount == 1)
        let single = try self.corpus(["a"])
        let error = #expect(throws: SeqNetError.self) { try batcher(single, 1, 10) }
        #expect(error?.message.hasSuffix("each of which needs 2; use a longer text") == true)
    }

    @Test func sizesBelowOneAreRefused() throws {
        let corpus = try corpus(["abcde"])
        #expect(throws: SeqNetError(.usage, "--batch-size 0: must be at least 1")) {
            try batcher(corpus, 0, 10)
        }
        #expect(throws: SeqNetError(.usage, "--sequence-length -1: must be at least 1")) {
            try batcher(corpus, 2, -1)
        }
    }
}
