import CKernels
import TestSupport
import Testing

/// The oracle's layers and softmax loss, put together to a language model, against PyTorch.
@Suite struct GoldenLanguageModelTests {
    static let bound = 1e-12

    @Test(arguments: Cell.allCases.map(\.rawValue) + ["lstm_tied", "gru_tied"])
    func oracleMatchesPyTorch(name: String) throws {
        let golden = try GoldenFile.read(
            "language_model_\(name)", as: GoldenLanguageModel.self)
        let model = try ReferenceLanguageModel(golden)
        let first = model.run(chunk: 0, h0: nil, c0: nil)
        #expect(abs(first.loss - golden.loss) <= Self.bound * golden.loss)
        expectClose(first.logits, golden.logits.values, within: Self.bound, "logits")
        expectClose(first.pass.hn, golden.finalStates["h"]!.values, within: Self.bound, "hn")
        for (name, expected) in golden.gradients {
            let actual = try #require(first.gradients[name])
            expectClose(actual, expected.values, within: Self.bound, "d\(name)")
        }

        let c0 = model.stack.cell.hasCellState ? first.pass.cn : nil
        let second = model.run(chunk: 1, h0: first.pass.hn, c0: c0)
        #expect(abs(second.loss - golden.carriedLoss) <= Self.bound * golden.carriedLoss)
        let gradientNorm = norm(golden.gradients.keys.flatMap { second.gradients[$0]! })
        #expect(abs(gradientNorm - golden.carriedGradientNorm) <= Self.bound * gradientNorm)
        expectClose(
            second.pass.hn, golden.carriedFinalStates["h"]!.values, within: Self.bound, "carried hn"
        )
    }
}

/// A golden file's language model, run by the oracle.
private struct ReferenceLanguageModel {
    let golden: GoldenLanguageModel
    let stack: ReferenceStack

    struct Result {
        var loss: Double
        var logits: [Double]
        var pass: ReferenceStack.Pass
        var gradients: [String: [Double]]
    }

    init(_ golden: GoldenLanguageModel) throws {
        self.golden = golden
        let prefix = "rnn."
        var parameters: [String: [Double]] = [:]
        for (name, tensor) in golden.parameters where name.hasPrefix(prefix) {
            parameters[String(name.dropFirst(prefix.count))] = tensor.values
        }
        stack = ReferenceStack(
            cell: try #require(Cell(rawValue: golden.cell)), layers: golden.layers,
            bidirectional: false, inputSize: golden.embeddingSize, hiddenSize: golden.hiddenSize,
            parameters: parameters)
    }

    private var sequences: Int { golden.ids.shape[1] }
    private var table: [Double] { golden.parameters["embedding.weight"]!.values }
    private var outputWeight: [Double] { golden.parameters["output.weight"]?.values ?? table }
    private var outputBias: [Double] { golden.parameters["output.bias"]!.values }

    /// The mean loss, and its gradients, of one of the two chunks of `steps` steps.
    func run(chunk: Int, h0: [Double]?, c0: [Double]?) -> Result {
        let width = golden.embeddingSize
        let rows = golden.steps * sequences
        let ids = golden.ids.values.map { Int32($0) }
        let inputs = Array(ids[(chunk * rows)..<((chunk + 1) * rows)])
        let targets = Array(ids[(chunk * rows + sequences)..<((chunk + 1) * rows + sequences)])
        let lengths = [Int](repeating: golden.steps, count: sequences)
        let x = inputs.flatMap { table[Int($0) * width..<(Int($0) + 1) * width] }
        let pass = stack.forward(x: x, h0: h0, c0: c0, lengths: lengths)
        let output = softmaxLoss(pass.y, targets)

        let layers = stack.backward(pass, dy: output.dh, dhn: nil, dcn: nil, lengths: lengths)
        var gradients: [String: [Double]] = [:]
        for name in stack.parameters.keys { gradients["rnn.\(name)"] = layers[name] }
        gradients["output.bias"] = output.db
        gradients["output.weight"] = output.dw
        var embedding = golden.tieWeights ? output.dw : [Double](repeating: 0, count: table.count)
        for (row, id) in inputs.enumerated() {
            for k in 0..<width { embedding[Int(id) * width + k] += layers["x"]![row * width + k] }
        }
        gradients["embedding.weight"] = embedding
        return Result(loss: output.loss, logits: logits(pass.y), pass: pass, gradients: gradients)
    }

    private func softmaxLoss(
        _ h: [Double], _ targets: [Int32]
    ) -> (loss: Double, dh: [Double], dw: [Double], db: [Double]) {
        let vocabulary = golden.vocabularySize
        var losses = [Double](repeating: 0, count: targets.count)
        var dh = [Double](repeating: 0, count: h.count)
        var dw = [Double](repeating: 0, count: outputWeight.count)
        var db = [Double](repeating: 0, count: vocabulary)
        var workspace = [Double](repeating: 0, count: vocabulary)
        sn_reference_softmax_loss(
            &losses, &dh, &dw, &db, h, outputWeight, outputBias, targets, nil,
            1 / Double(targets.count), &workspace, targets.count, golden.hiddenSize, vocabulary)
        return (losses.reduce(0, +) / Double(targets.count), dh, dw, db)
    }

    private func logits(_ h: [Double]) -> [Double] {
        let size = golden.hiddenSize
        let vocabulary = golden.vocabularySize
        let rows = h.count / size
        var transposed = [Double](repeating: 0, count: outputWeight.count)
        for v in 0..<vocabulary {
            for k in 0..<size { transposed[k * vocabulary + v] = outputWeight[v * size + k] }
        }
        var result = [Double](repeating: 0, count: rows * vocabulary)
        sn_reference_gemm(&result, h, transposed, outputBias, rows, vocabulary, size)
        return result
    }
}
