import TestSupport
import Testing

@testable import SeqNet

/// The classifier against PyTorch in float64: logits, weighted loss, every gradient.
struct ClassifierGoldenTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let parameters: [String: GoldenTensor]
            let gradients: [String: GoldenTensor]
            let logits: GoldenTensor
            let loss: Double
        }
        let sequences: [[Int32]]
        let labels: [Int32]
        let classWeights: [Float]
        let cases: [String: Case]
    }

    /// Float32 against float64, in norms: some tens of roundings of 6e-8.
    private static let bound = 2e-6
    /// The gradients of the scores of attention sum to zero: most of their bias's cancels.
    private static let boundOfAttention = 5e-5

    @Test(arguments: PoolingKind.allCases)
    func logitsLossAndGradients(pooling: PoolingKind) throws {
        let golden = try GoldenFile.read("classifiers", as: Golden.self)
        let expected = try #require(golden.cases[pooling.rawValue])
        let context = try KernelContext(threads: 2)
        let model = Classifier(
            try ClassifierConfiguration(
                RecurrentConfiguration(hiddenSize: 4, bidirectional: true), embeddingSize: 3,
                pooling: pooling, tokenizer: Tokenizer(kind: .characters)),
            vocabulary: try Tiny.characters(7), labels: LabelSet(of: ["a", "b", "c"]), context)
        #expect(Set(model.parameters.parameters.map(\.name)) == Set(expected.parameters.keys))
        for parameter in model.parameters.parameters {
            let values = try #require(expected.parameters[parameter.name])
            #expect(parameter.shape == values.shape)
            _ = parameter.buffer.update(from: values.floats)
        }
        model.parameters.pack(context, backward: true)

        var sequences = TokenSequences()
        for sequence in golden.sequences { sequences.append(sequence) }
        let (batch, tokens) = sequences.packed(Array(golden.sequences.indices))
        let logs = model.logProbabilities(tokens, batch, Tape(inference: context)).array
        expectClose(logs, logProbabilities(expected.logits), within: Self.bound, "log probabilities")

        let weights = golden.labels.map { golden.classWeights[Int($0)] }
        let divisor = weights.reduce(0, +)
        let tape = Tape(training: model.parameters, context)
        let loss = model.loss(
            tokens, labels: golden.labels, weights: weights, divisor: divisor, batch, tape)
        tape.backward()
        #expect(abs(loss.total / Double(divisor) - expected.loss) <= Self.bound * expected.loss)
        for parameter in model.parameters.parameters {
            let gradient = Array(
                UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
            expectClose(
                gradient, expected.gradients[parameter.name]!.values,
                within: parameter.name.hasPrefix("pooling") ? Self.boundOfAttention : Self.bound,
                parameter.name)
        }
    }

    private func logProbabilities(_ logits: GoldenTensor) -> [Double] {
        let labels = logits.shape[1]
        return stride(from: 0, to: logits.values.count, by: labels).flatMap { start in
            let row = logits.values[start..<start + labels]
            let sum = naturalLog(row.reduce(0) { $0 + naturalExp($1) })
            return row.map { $0 - sum }
        }
    }
}
