@testable import SeqNet
import Testing

@Suite struct LanguageModelTests {
    private let folder: TemporaryFolder
    private let context: KernelContext

    init() throws {
        folder = try TemporaryFolder()
        context = try KernelContext(threads: 2)
    }

    private func model(
        _ cell: Cell = .lstm, hiddenSize: Int = 12, embeddingSize: Int = 12, tied: Bool = false
    ) throws -> LanguageModel {
        let tokenizer = try Tokenizer(kind: .characters)
        var counts = TokenCounts()
        for scalar in "\nabcdefgh ".unicodeScalars { counts.add(String(scalar)) }
        let model = LanguageModel(
            try LanguageModelConfiguration(
                RecurrentConfiguration(cell: cell, hiddenSize: hiddenSize, layers: 2),
                embeddingSize: embeddingSize, tieWeights: tied, tokenizer: tokenizer),
            vocabulary: try Vocabulary(kind: .characters, counts: counts, limits: VocabularyLimits()))
        model.parameters.initialize(seed: 3, context)
        model.parameters.pack(context, backward: false)
        return model
    }

    private func write(_ model: LanguageModel, to name: String, task: String = "lm") throws -> String {
        let path = folder.path(name)
        try ModelFile.write(
            ModelMetadata(
                task: task, config: .object(model.configuration.json),
                vocabulary: model.vocabulary.tokens),
            tensors: model.parameters.tensors, to: path)
        return path
    }

    @Test(arguments: [
        Cell.lstm, .gru(.resetAfter), .gru(.resetBefore), .gru(.simplified), .rnn(.tanh), .rnn(.relu),
    ])
    func savingAndLoadingKeepsEveryBit(_ cell: Cell) throws {
        let original = try model(cell, tied: true)
        let loaded = try LanguageModel(contentsOf: write(original, to: "a.safetensors"), context)
        #expect(loaded.configuration == original.configuration)
        #expect(loaded.vocabulary == original.vocabulary)
        for (left, right) in zip(original.parameters.parameters, loaded.parameters.parameters) {
            #expect(left.name == right.name && Array(left.buffer) == Array(right.buffer))
        }
    }

    @Test func theTensorsBearPyTorchsNames() throws {
        let names = try model().parameters.parameters.map(\.name)
        #expect(
            names == [
                "embedding.weight", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0",
                "rnn.bias_hh_l0", "rnn.weight_ih_l1", "rnn.weight_hh_l1", "rnn.bias_ih_l1",
                "rnn.bias_hh_l1", "output.weight", "output.bias",
            ])
        #expect(try !model(tied: true).parameters.parameters.map(\.name).contains("output.weight"))
    }

    @Test func anotherTasksModelIsRefused() throws {
        let path = try write(model(), to: "tagger.safetensors", task: "tag")
        expectSeqNetError(.badData, "seqnet train tag", "seqnet train lm") {
            _ = try LanguageModel(contentsOf: path, context)
        }
    }

    @Test func sizesThatContradictAreRefused() throws {
        expectSeqNetError(.usage, "--tie-weights", "--embedding-size 12") {
            _ = try model(embeddingSize: 8, tied: true)
        }
        expectSeqNetError(.usage, "--hidden-size 0") { _ = try model(hiddenSize: 0) }
    }

    @Test func theEvaluationIsTheSumOverTheStreamFromAZeroState() throws {
        let model = try model()
        let text = String(repeating: "abc fed\nhag ", count: 60)
        let path = try folder.write(text, to: "text.txt")
        let part = try Corpus.encode(
            [path], tokenizer: model.configuration.tokenizer, vocabulary: model.vocabulary,
            scratchFolder: folder.path)
        var shares: [Double] = []
        let evaluation = try model.evaluate(part, context) { shares.append($0) }
        #expect(evaluation.tokens == text.count - 1)
        #expect(shares.count == 2 && shares[0] > 0.5 && shares[0] < 1 && shares[1] == 1)
        // All in one pass, by logits.
        let ids = part.ids(0..<part.count)
        let tape = Tape(inference: context)
        let batch = PackedBatch(sequences: 1, steps: ids.count - 1)
        let logits = model.logits(Array(ids.dropLast()), batch, tape).logits
        var total = 0.0
        for (row, target) in ids.dropFirst().enumerated() {
            let values = (0..<logits.columns).map { Double(logits.values[row * logits.columns + $0]) }
            total += logSumExp(values) - values[Int(target)]
        }
        #expect(abs(evaluation.loss * Double(evaluation.tokens) - total) < 1e-5 * total)
    }

    private func logSumExp(_ values: [Double]) -> Double {
        let greatest = values.max()!
        return greatest + naturalLog(values.reduce(0) { $0 + naturalExp($1 - greatest) })
    }
}
