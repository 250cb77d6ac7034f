import Dispatch
import Foundation
import TestSupport
import Testing

@testable import SeqNet

struct SoftmaxOutputTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func ids(_ count: Int, below bound: Int) -> [Int32] {
        var random = Random(seed: 3, stream: 0)
        return random.ids(count, below: bound)
    }

    /// After training nothing is packed for predictions, and several threads may ask for one.
    @Test func logitsFromSeveralThreadsAfterTraining() throws {
        let context = try KernelContext(threads: 1)
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 33, vocabulary: 1009, in: block)
        block.initialize(seed: 3, context)
        block.pack(context, backward: false)
        let values = (0..<33).map { Float($0 % 7) - 3 }
        @Sendable func logits() -> [Float] {
            let tape = Tape(inference: context)
            return output.logits(tape.tensor(values, columns: 33), tape).array
        }
        let expected = logits()
        for _ in 0..<20 {
            block.pack(context, backward: true)
            let results = Results()
            DispatchQueue.concurrentPerform(iterations: 4) { results.set($0, logits()) }
            for index in 0..<4 { expectSameBits(results[index], expected, "thread \(index)") }
        }
    }

    /// What each thread found.
    private final class Results: @unchecked Sendable {
        private let lock = NSLock()
        private var values: [Int: [Float]] = [:]
        func set(_ index: Int, _ value: [Float]) { lock.withLock { values[index] = value } }
        subscript(index: Int) -> [Float] { lock.withLock { values[index] ?? [] } }
    }

    @Test func lossIsTheCrossEntropyOfTheLogits() {
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 6, vocabulary: 13, in: block)
        #expect(block.parameters.map(\.name) == ["output.weight", "output.bias"])
        block.fill(seed: 1, scale: 2, context)
        let tape = Tape(inference: context)
        var random = Random(seed: 4, stream: 0)
        let h = tape.tensor(random.floats(5 * 6, scale: 2), columns: 6)
        let targets = ids(5, below: 13)
        let logits = output.logits(h, tape).array.map(Double.init)
        let loss = output.loss(h, targets: targets, tape)
        for row in 0..<5 {
            // With sums in float64 from the float32 operands.
            let exact = (0..<13).map { id in
                (0..<6).reduce(Double(output.bias.values[id])) {
                    $0 + Double(h.values[row * 6 + $1]) * Double(output.weight.values[id * 6 + $1])
                }
            }
            for id in 0..<13 { #expect(abs(logits[row * 13 + id] - exact[id]) < 1e-5) }
            let expected = naturalLog(exact.map(naturalExp).reduce(0, +)) - exact[Int(targets[row])]
            #expect(abs(Double(loss.rows[row]) - expected) < 1e-5)
        }
        #expect(abs(loss.mean - loss.total / 5) < 1e-12)
    }

    @Test(arguments: [(1, 2), (7, 13), (70, 40)])
    func gradientsAreThoseOfDifferences(rows: Int, vocabulary: Int) {
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 6, vocabulary: vocabulary, in: block)
        let h = block.add("h", [rows, 6], .zeros)
        block.fill(seed: 2, scale: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            output.loss(tape.input(h), targets: ids(rows, below: vocabulary), tape).mean
        }
    }

    @Test func theGradientIsOfTheSumDividedByTheCount() {
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 6, vocabulary: 9, in: block)
        let h = block.add("h", [4, 6], .zeros)
        block.fill(seed: 2, scale: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            output.loss(tape.input(h), targets: ids(4, below: 9), count: 1, tape).total
        }
    }

    @Test func weightsMultiplyTheLossOfEachRow() {
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 6, vocabulary: 9, in: block)
        let h = block.add("h", [4, 6], .zeros)
        block.fill(seed: 2, scale: 1, context)
        let targets = ids(4, below: 9), weights: [Float] = [0.5, 2, 0, 3]
        GradientCheck(block: block, context: context).run { tape in
            output.loss(tape.input(h), targets: targets, weights: weights, count: 2.5, tape).total
                / 2.5
        }
        let tape = Tape(inference: context)
        let plain = output.loss(tape.input(h), targets: targets, tape).rows
        let weighted = output.loss(tape.input(h), targets: targets, weights: weights, tape).rows
        expectSameBits(Array(weighted), zip(plain, weights).map { $1 * $0 }, "losses")
    }

    /// `cross_entropy(weight=…)` with a weight for each class, divided by the sum of the weights.
    @Test func weightedClassesMatchPyTorch() throws {
        let golden = try GoldenFile.read("softmax_loss_weighted", as: GoldenWeightedLoss.self)
        let block = ParameterBlock(), inputs = golden.inputs, classes = inputs["b"]!.shape[0]
        let output = SoftmaxOutput(inputSize: inputs["h"]!.shape[1], vocabulary: classes, in: block)
        _ = output.weight.buffer.update(from: inputs["w"]!.floats)
        _ = output.bias.buffer.update(from: inputs["b"]!.floats)
        let tape = Tape(training: block, context)
        let h = tape.tensor(inputs["h"]!.floats, columns: output.inputSize)
        let targets = inputs["targets"]!.values.map { Int32($0) }
        let weights = targets.map { inputs["class_weights"]!.floats[Int($0)] }
        let loss = output.loss(
            h, targets: targets, weights: weights, count: weights.reduce(0, +), tape)
        expectClose(Array(loss.rows), golden.losses.values, within: 1e-6, "losses")
        #expect(abs(loss.total / golden.sum - 1) < 1e-6)
        for (name, gradient) in [
            ("h", h.gradient!), ("w", tape.gradient(of: output.weight)),
            ("b", tape.gradient(of: output.bias)),
        ] {
            let expected = golden.gradients[name]!.values
            let actual = Array(UnsafeBufferPointer(start: gradient, count: expected.count))
            expectClose(actual, expected, within: 1e-6, "gradient of \(name)")
        }
    }

    @Test func aTiedWeightGathersTheGradientsOfBothUses() {
        let block = ParameterBlock()
        let embedding = Embedding(vocabulary: 9, size: 6, initializer: .zeros, in: block)
        let output = SoftmaxOutput(tiedTo: embedding, in: block)
        #expect(block.parameters.map(\.name) == ["embedding.weight", "output.bias"])
        block.fill(seed: 2, scale: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            output.loss(embedding(ids(7, below: 9), tape), targets: [0, 3, 8, 8, 1, 2, 5], tape).mean
        }
    }

    /// What the gradient of a few rows of a larger tensor needs.
    @Test func rowsOfATensorTakeTheirOwnLoss() {
        let block = ParameterBlock()
        let output = SoftmaxOutput(inputSize: 6, vocabulary: 9, in: block)
        let h = block.add("h", [8, 6], .zeros)
        block.fill(seed: 2, scale: 1, context)
        let tape = Tape(training: block, context)
        _ = output.loss(tape.input(h).rows(5..<7), targets: [1, 2], count: 1, tape)
        tape.backward()
        let gradient = tape.gradient(of: h)
        for row in 0..<8 {
            let size = norm((0..<6).map { gradient[row * 6 + $0] })
            #expect((size > 0) == (5..<7).contains(row), "row \(row)")
        }
    }
}
