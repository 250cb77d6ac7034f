@testable import SeqNet
import Testing

/// A language-model run that takes a fraction of a second.
struct TinyRun {
    var options = TrainingOptions()
    var cell = Cell.lstm
    var layers = 2
    var dropout: Float = 0.2
    var recurrentDropout: Float = 0
    var threads = 2
    var sequenceLength = 7
    var text = TinyRun.sentences(300)

    init() {
        options.batchSize = 5
        options.epochs = 3
        options.learningRate = 0.01
        options.schedule = .plateau
        options.warmupSteps = 4
    }

    /// Numbers counted up, a line each: easy to learn.
    static func sentences(_ count: Int) -> String {
        (0..<count).map { "line \($0) follows \($0 - 1)\n" }.joined()
    }

    /// Builds the run in `folder` and trains it.
    func train(
        in folder: TemporaryFolder, _ name: String, checkpointEvery seconds: Double = 60,
        stop: () -> StopRequest? = { nil }, report: (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainingResult {
        let context = try KernelContext(threads: threads)
        let tokenizer = try Tokenizer(kind: .characters)
        let path = try folder.write(text, to: "\(name).txt")
        let corpus = try Corpus(
            CorpusFiles(
                training: [path], split: .fractions(train: 0.8, validation: 0.1, test: 0.1)),
            tokenizer: tokenizer, vocabulary: .training(VocabularyLimits()),
            scratchFolder: folder.path)
        let configuration = try LanguageModelConfiguration(
            RecurrentConfiguration(
                cell: cell, hiddenSize: 24, layers: layers, dropout: dropout,
                recurrentDropout: recurrentDropout),
            embeddingSize: 8, tokenizer: tokenizer)
        let model = LanguageModel(configuration, vocabulary: corpus.vocabulary)
        model.parameters.initialize(seed: options.seed, context)
        let task = try LanguageModelTask(
            model, corpus, options, sequenceLength: sequenceLength, context)
        let run = try RunFolder.resume(at: folder.path(name))
        let trainer = try Trainer(task, options, folder: run, checkpointEvery: seconds, context)
        return try trainer.run(stop: stop, report: report)
    }
}

/// Asks to stop before update number `step` of a process, counted from 0.
final class StopBefore {
    private var left: Int
    private let request: StopRequest

    init(step: Int, _ request: StopRequest = .terminate) {
        left = step
        self.request = request
    }

    func callAsFunction() -> StopRequest? {
        defer { left -= 1 }
        return left <= 0 ? request : nil
    }
}
