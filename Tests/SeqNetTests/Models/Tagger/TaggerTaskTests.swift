import Testing

@testable import SeqNet

@Suite struct TaggerTaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func properties(
        _ options: TrainingOptions, sentences: Int, characters: Bool = true, crf: Bool = false,
        wordDropout: Float = 0.3
    ) throws -> TaskProperties<TaggerTask> {
        try TaskProperties(options) { context in
            let corpus = try TinyNames.corpus(sentences, in: folder)
            let model = try TinyNames.model(corpus, context, characters: characters, crf: crf, dropout: 0.2)
            return try TaggerTask(model, corpus, options, wordDropout: wordDropout)
        }
    }

    @Test(arguments: [false, true])
    func threadsAndInterruptionsChangeNothing(crf: Bool) throws {
        var options = TrainingOptions()
        options.epochs = 3
        options.batchSize = 8
        try properties(options, sentences: 120, crf: crf).check(stopsAfter: [3, 1, 20])
    }

    /// What is a name is in the characters, of which kind in the word before.
    @Test(arguments: [false, true])
    func learnsNamesItHasNeverSeen(crf: Bool) throws {
        var options = TrainingOptions()
        options.epochs = 12
        options.batchSize = 16
        options.learningRate = 0.02
        let result = try properties(options, sentences: 500, crf: crf).train("learn")
        #expect(result.test?["f1"]?.doubleValue ?? 0 >= 0.97)
        #expect(result.test?["accuracy"]?.doubleValue ?? 0 >= 0.98)
        let words = try properties(options, sentences: 500, characters: false, crf: crf).train("words")
        #expect(words.test?["f1"]?.doubleValue ?? 1 < 0.9, "words alone cannot")
    }

    /// Training goes on: nothing is right, and there is no loss to be told.
    @Test func aValidationPartOfUnknownTagsHasNoLoss() throws {
        let training = try folder.write(TinyNames.text(TinyNames.sentences(40)), to: "names.conll")
        let validation = try folder.write("Anna\tB-NEW\n\nBerlin\tB-NEW\n", to: "new.conll")
        let corpus = try TaggerCorpus(
            CorpusFiles(training: [training], validation: [validation]),
            source: .training(VocabularyLimits(minimumCount: 2), lowercase: true), seed: 1)
        let model = try TinyNames.model(corpus, KernelContext(threads: 1))
        let evaluation = try TaggerTask(model, corpus, TrainingOptions(), wordDropout: 0)
            .evaluate(.validation) { _ in }
        #expect(evaluation.objective == 1)
        #expect(evaluation.metrics["loss"] == .null && evaluation.metrics["unknown_tags"]?.intValue == 2)
    }

    @Test func rareWordsAreUnknownNowAndThen() throws {
        let corpus = try TinyNames.corpus(500, in: folder)
        let context = try KernelContext(threads: 1)
        let model = try TinyNames.model(corpus, context)
        let unknown = corpus.vocabulary.words.unknown!
        let dropout = try WordDropout(rate: 0.3, of: corpus.training)
        let ids = corpus.training.table.ids
        let all = (0..<corpus.training.words.count).flatMap { corpus.training.words[$0].map { ids[Int($0)] } }
        let counts = Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)

        let tape = Tape(training: model.parameters, context)
        tape.reset(step: 4)
        var words = all
        dropout(&words, tape)
        let rare = all.indices.filter { counts[all[$0]]! <= 3 }
        let frequent = all.indices.filter { counts[all[$0]]! > 3 }
        let replaced = rare.count { words[$0] == unknown }
        #expect(rare.count > 100 && frequent.allSatisfy { words[$0] == all[$0] })
        #expect(abs(Double(replaced) / Double(rare.count) - 0.3) < 0.1, "\(replaced) of \(rare.count)")
        var again = all
        tape.reset(step: 4)
        dropout(&again, tape)
        #expect(again == words)
        tape.reset(step: 5)
        again = all
        dropout(&again, tape)
        #expect(again != words)
        again = all
        dropout(&again, Tape(inference: context))
        #expect(again == all)
    }

    @Test func aRateOutOfRangeIsRefused() throws {
        let corpus = try TinyNames.corpus(60, in: folder)
        for rate in [-0.1, 1, .nan] as [Float] {
            expectSeqNetError(.usage, "--word-dropout") {
                _ = try WordDropout(rate: rate, of: corpus.training)
            }
        }
    }
}
