import TestSupport
import Testing

@testable import SeqNet

struct SequencePoolingTests {
    private let context: KernelContext
    private static let lengths = [6, 4, 4, 1]

    init() throws { context = try KernelContext(threads: 1) }

    /// A bidirectional layer over ragged sequences, and its pooling.
    private struct Model {
        let block = ParameterBlock()
        let layer: RecurrentLayer
        let pooling: SequencePooling
        let input: Parameter
        let batch = PackedBatch(lengths: SequencePoolingTests.lengths)

        init(_ kind: PoolingKind, bidirectional: Bool = true, _ context: KernelContext) {
            layer = RecurrentLayer(
                .lstm, inputSize: 5, hiddenSize: 9, bidirectional: bidirectional, prefix: "rnn.",
                in: block)
            pooling = SequencePooling(
                kind, inputSize: layer.outputSize, attentionSize: 7, in: block)
            input = block.add("x", [batch.rows, 5], .zeros)
            block.fill(seed: 1, scale: 1, context)
        }

        func pass(_ tape: Tape) -> RecurrentPass { layer(tape.input(input), batch, tape) }

        func callAsFunction(_ tape: Tape) -> Tensor { pooling(pass(tape), batch, tape).output }
    }

    @Test(arguments: PoolingKind.allCases, [false, true])
    func gradientsAreThoseOfDifferences(kind: PoolingKind, bidirectional: Bool) {
        let model = Model(kind, bidirectional: bidirectional, context)
        // Short, for the greatest must stay the greatest.
        GradientCheck(block: model.block, context: context, step: 2e-3).run { tape in
            tape.weightedSum(model(tape), seed: 2)
        }
    }

    @Test func onlyAttentionHasParameters() {
        for kind in PoolingKind.allCases {
            let block = ParameterBlock()
            _ = SequencePooling(kind, inputSize: 4, in: block)
            let names = block.parameters.map(\.name), shapes = block.parameters.map(\.shape)
            guard kind == .attention else {
                #expect(names.isEmpty)
                continue
            }
            #expect(
                names == ["pooling.projection.weight", "pooling.projection.bias", "pooling.query"])
            #expect(shapes == [[4, 4], [4], [4]])
        }
    }

    @Test func lastIsTheOwnLastStateOfEachDirection() {
        let model = Model(.last, context), tape = Tape(inference: context)
        let pass = model.pass(tape)
        let pooled = model.pooling(pass, model.batch, tape)
        #expect(pooled.weights == nil)
        for (sequence, length) in Self.lengths.enumerated() {
            let last = pass.output.rows(row(sequence, length - 1, model.batch)).array
            let first = pass.output.rows(row(sequence, 0, model.batch)).array
            let expected = Array(last[..<9] + first[9...])
            let actual = pooled.output.rows(sequence..<sequence + 1).array
            expectSameBits(actual, expected, "sequence \(sequence)")
        }
    }

    private func row(_ sequence: Int, _ step: Int, _ batch: PackedBatch) -> Range<Int> {
        let first = batch.firstRow(of: step) + sequence
        return first..<first + 1
    }

    @Test func attentionWeighsTheSteps() throws {
        let model = Model(.attention, context), tape = Tape(inference: context)
        let pass = model.pass(tape)
        let pooled = model.pooling(pass, model.batch, tape)
        let weights = try #require(pooled.weights)
        for (sequence, length) in Self.lengths.enumerated() {
            let rows = (0..<length).map { row(sequence, $0, model.batch) }
            let own = rows.map { Double(weights[$0.lowerBound]) }
            #expect(own.allSatisfy { $0 > 0 } && abs(own.reduce(0, +) - 1) < 1e-6)
            let states = rows.map { pass.output.rows($0).array.map(Double.init) }
            let expected = (0..<18).map { column in
                zip(own, states).reduce(0) { $0 + $1.0 * $1.1[column] }
            }
            expectClose(
                pooled.output.rows(sequence..<sequence + 1).array, expected, within: 1e-6,
                "sequence \(sequence)")
        }
    }

    @Test(arguments: [PoolingKind.mean, .max, .attention])
    func matchesPyTorch(kind: PoolingKind) throws {
        let golden = try GoldenFile.read("pooling", as: GoldenPooling.self)
        let block = ParameterBlock(), size = golden.x.shape[1]
        let pooling = SequencePooling(
            kind, inputSize: size, attentionSize: golden.attentionSize, prefix: "", in: block)
        for parameter in block.parameters {
            _ = parameter.buffer.update(from: golden.parameters[parameter.name]!.floats)
        }
        block.pack(context, backward: true)
        let tape = Tape(training: block, context), batch = PackedBatch(lengths: golden.lengths)
        let x = tape.tensor(golden.x.floats, columns: size)
        let pass = RecurrentPass(output: x, finals: [], directions: [], savedSize: 0)
        let pooled = pooling(pass, batch, tape), gradients = golden.gradients[kind.rawValue]!
        for (index, weight) in golden.lossWeights.floats.enumerated() {
            pooled.output.gradient![index] = weight
        }
        tape.backward()
        expectClose(
            pooled.output.array, golden.outputs[kind.rawValue]!.values, within: 1e-6, "output")
        let dx = Array(UnsafeBufferPointer(start: x.gradient, count: x.count))
        expectClose(dx, gradients["x"]!.values, within: 1e-6, "gradient of x")
        for parameter in block.parameters {
            let gradient = UnsafeBufferPointer(
                start: tape.gradient(of: parameter), count: parameter.count)
            expectClose(
                Array(gradient), gradients[parameter.name]!.values, within: 1e-6, parameter.name)
        }
        guard let weights = pooled.weights else { return }
        for (sequence, expected) in golden.attentionWeights.enumerated() {
            let own = expected.values.indices.map { weights[batch.firstRow(of: $0) + sequence] }
            expectClose(own, expected.values, within: 1e-6, "weights of sequence \(sequence)")
        }
    }

    @Test(.enabled(if: KernelContext.hasThreads), arguments: PoolingKind.allCases)
    func threadsDoNotMatter(kind: PoolingKind) throws {
        func values(threads: Int) throws -> (output: [Float], gradients: [Float]) {
            let context = try KernelContext(threads: threads)
            let block = ParameterBlock()
            let pooling = SequencePooling(kind, inputSize: 300, in: block)
            block.fill(seed: 3, context)
            let batch = PackedBatch(lengths: [200, 150, 150, 90, 3])
            let tape = Tape(training: block, context)
            var random = Random(seed: 4, stream: 0)
            let states = tape.tensor(random.floats(batch.rows * 300), columns: 300)
            let finals = [0, 1].map { _ in
                LayerState(hidden: tape.tensor(random.floats(5 * 150), columns: 150), cell: nil)
            }
            let pass = RecurrentPass(output: states, finals: finals, directions: [], savedSize: 0)
            let output = pooling(pass, batch, tape).output
            _ = tape.weightedSum(output, seed: 5)
            tape.backward()
            let dx = Array(UnsafeBufferPointer(start: states.gradient, count: states.count))
            return (output.array, dx + Array(tape.allGradients))
        }
        let expected = try values(threads: 1)
        for threads in [2, 3, 4] {
            let actual = try values(threads: threads)
            expectSameBits(actual.output, expected.output, "\(threads) threads, output")
            expectSameBits(actual.gradients, expected.gradients, "\(threads) threads, gradients")
        }
    }
}
