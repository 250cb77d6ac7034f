import Testing

@testable import SeqNet

@Suite struct ClassifierTaskTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func properties(
        _ options: TrainingOptions, records: Int, pooling: PoolingKind = .max, classWeights: Bool = false
    ) throws -> TaskProperties<ClassifierTask> {
        try TaskProperties(options) { context in
            let corpus = try TinyReviews.corpus(records, in: folder)
            let model = try TinyReviews.model(corpus, context, pooling: pooling, dropout: 0.2)
            return ClassifierTask(model, corpus, options, classWeights: classWeights)
        }
    }

    @Test(arguments: PoolingKind.allCases)
    func threadsAndInterruptionsChangeNothing(pooling: PoolingKind) throws {
        var options = TrainingOptions()
        options.epochs = 3
        options.batchSize = 8
        try properties(options, records: 200, pooling: pooling, classWeights: true)
            .check(stopsAfter: [3, 1, 30])
    }

    /// The order of words matters: a bag of them cannot tell "not good" from "not bad".
    @Test func learnsWhatNegationDoes() throws {
        var options = TrainingOptions()
        options.epochs = 25
        options.batchSize = 16
        options.learningRate = 0.02
        let result = try properties(options, records: 800).train("learn")
        #expect(result.test?["accuracy"]?.doubleValue ?? 0 >= 0.98)
        #expect(result.test?["mean_absolute_error"]?.doubleValue ?? 9 < 0.1)
    }

    @Test func weightsLetEveryLabelCountAlike() throws {
        let corpus = try TinyReviews.corpus(100, in: folder)
        let context = try KernelContext(threads: 1)
        let model = try TinyReviews.model(corpus, context)
        func loss(_ classWeights: Bool) throws -> StepLoss {
            var options = TrainingOptions()
            options.batchSize = 1000
            let task = ClassifierTask(model, corpus, options, classWeights: classWeights)
            #expect(task.stepsPerEpoch == 1)
            return try task.forward(epoch: 0, step: 0, Tape(inference: context))
        }
        let logs = model.classify(corpus.training.sequences).map { $0!.logProbabilities }
        var byLabel: [Int32: [Double]] = [:]
        for (answer, id) in zip(logs, corpus.training.labelIDs) {
            byLabel[id!, default: []].append(-Double(answer[Int(id!)]))
        }
        let plain = try loss(false), weighted = try loss(true)
        #expect(plain.targets == 80 && weighted.targets == 80)
        let means = byLabel.values.map { $0.reduce(0, +) / Double($0.count) }
        #expect(abs(weighted.sum / 80 - means.reduce(0, +) / 3) < 1e-5)
        let all = byLabel.values.flatMap { $0 }
        #expect(abs(plain.sum - all.reduce(0, +)) < 1e-4)
    }
}
