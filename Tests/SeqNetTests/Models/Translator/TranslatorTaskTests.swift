import Testing

@testable import SeqNet

@Suite struct TranslatorTaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Words in the other order: "a b c" becomes "c b a".
    private func pairs(_ count: Int) -> String {
        var random = Random(seed: 1, stream: 0)
        return (0..<count).map { _ in
            let words = (0..<1 + random.integer(below: 5)).map { _ in random.element(of: ["a", "b", "c", "d"]) }
            return words.joined(separator: " ") + "\t" + words.reversed().joined(separator: " ") + "\n"
        }.joined()
    }

    private func properties(
        _ options: TrainingOptions, pairs count: Int, attention: AttentionKind = .dot,
        feeds: Bool = false, samplingRate: Float = 0, hiddenSize: Int = 8, dropout: Float = 0.1,
        recurrentDropout: Float = 0
    ) throws -> TaskProperties<TranslatorTask> {
        let path = try folder.write(pairs(count), to: "pairs.tsv")
        return try TaskProperties(options) { context in
            let tokenizer = try Tokenizer(kind: .words)
            let corpus = try TranslatorCorpus(
                CorpusFiles(
                    training: [path], split: .fractions(train: 0.8, validation: 0.1, test: 0.1)),
                tokenizer: tokenizer, source: .training(VocabularyLimits()), seed: 1)
            let model = Translator(
                try TranslatorConfiguration(
                    RecurrentConfiguration(
                        cell: .gru(), hiddenSize: hiddenSize, bidirectional: true, dropout: dropout,
                        recurrentDropout: recurrentDropout),
                    embeddingSize: 8, attention: attention, feedsInput: feeds,
                    samplingRate: samplingRate, tokenizer: tokenizer), corpus.text, context)
            model.parameters.initialize(seed: 1, context)
            return TranslatorTask(model, corpus, options, search: try BeamSearchOptions(beam: 2))
        }
    }

    @Test(arguments: [(AttentionKind.none, false, Float(0)), (.dot, false, 0), (.additive, true, 0.3)])
    func threadsAndInterruptionsChangeNothing(
        attention: AttentionKind, feeds: Bool, samplingRate: Float
    ) throws {
        var options = TrainingOptions()
        options.epochs = 2
        options.batchSize = 8
        try properties(
            options, pairs: 150, attention: attention, feeds: feeds, samplingRate: samplingRate,
            recurrentDropout: feeds ? 0.3 : 0
        ).check(stopsAfter: [2, 1, 17])
    }

    @Test func learnsToReverse() throws {
        var options = TrainingOptions()
        options.epochs = 20
        options.batchSize = 16
        options.learningRate = 0.01
        let runs = try properties(
            options, pairs: 800, attention: .general, hiddenSize: 32, dropout: 0)
        let result = try runs.train("learn")
        let test = try #require(result.test)
        #expect(test["exact_match"]?.doubleValue ?? 0 >= 0.95)
        #expect(test["bleu"]?.doubleValue ?? 0 >= 95)

        let context = try KernelContext(threads: 1)
        let model = try Translator(contentsOf: result.model, context)
        #expect(model.text.target.id(of: "d") != nil)
        let best = try model.translate(["a b c d", "d d a"], BeamSearchOptions()).map { $0[0] }
        #expect(best.map { model.runningText(of: $0.tokens) } == ["d c b a", "a d d"])
        expectSeqNetError(.badData, "seqnet train translate", "seqnet train classify") {
            _ = try Classifier(contentsOf: result.model, context)
        }
        withExtendedLifetime(runs) {}
    }

    @Test func charactersFollowEachOther() throws {
        let tokenizer = try Tokenizer(kind: .characters)
        let text = try TranslatorText(
            of: [SentencePair(line: 1, source: "ab", target: "a - b")], tokenizer, VocabularyLimits())
        let model = Translator(
            try TranslatorConfiguration(
                RecurrentConfiguration(hiddenSize: 4), embeddingSize: 3, tokenizer: tokenizer), text,
            try KernelContext(threads: 1))
        #expect(model.runningText(of: ["a", "-", "b"].map { Array($0.utf8) }) == "a-b")
    }
}
