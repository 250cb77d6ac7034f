import TestSupport
import Testing

@testable import SeqNet

struct ConditionalRandomFieldTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    /// Tags 0 O, 1 B, 2 I: I needs B or I before it.
    private func bio(in block: ParameterBlock) -> ConditionalRandomField {
        ConditionalRandomField(
            tags: 3, allowsTransition: { before, tag in before != 0 || tag != 2 },
            allowsStart: { $0 != 2 }, in: block)
    }

    @Test func beginsAsIndependentTags() {
        let block = ParameterBlock()
        let field = ConditionalRandomField(tags: 4, in: block)
        #expect(block.parameters.map(\.name) == ["crf.transitions", "crf.start", "crf.end"])
        #expect(block.parameters.map(\.shape) == [[4, 4], [4], [4]])
        block.initialize(seed: 1, context)
        let tape = Tape(inference: context)
        let batch = PackedBatch(lengths: [3, 2])
        var random = Random(seed: 2, stream: 0)
        let emissions = tape.tensor(random.floats(5 * 4, scale: 2), columns: 4)
        let marginals = field.marginals(emissions, batch, tape).array
        let best = field.decode(emissions, batch, tape)
        for row in 0..<5 {
            let scores = emissions.array[row * 4..<row * 4 + 4].map(Double.init)
            let sum = scores.map(naturalExp).reduce(0, +)
            for tag in 0..<4 {
                let expected = naturalExp(scores[tag]) / sum
                #expect(abs(Double(marginals[row * 4 + tag]) - expected) < 1e-6)
            }
            #expect(scores[Int(best[row])] == scores.max())
        }
    }

    @Test func equalsPyTorch() throws {
        let golden = try GoldenFile.read("crf", as: GoldenCRF.self)
        let tags = golden.emissions.shape[1]
        func allows(_ name: String, _ index: Int) -> Bool {
            golden.allowed[name]!.values[index] != 0
        }
        let block = ParameterBlock()
        let field = ConditionalRandomField(
            tags: tags, allowsTransition: { allows("transitions", $0 * tags + $1) },
            allowsStart: { allows("start", $0) }, allowsEnd: { allows("end", $0) }, in: block)
        for parameter in block.parameters {
            let name = String(parameter.name.dropFirst("crf.".count))
            _ = parameter.buffer.update(from: golden.parameters[name]!.floats)
        }
        let tape = Tape(training: block, context)
        let batch = PackedBatch(lengths: golden.lengths)
        let emissions = tape.tensor(golden.emissions.floats, columns: tags)
        // 1 / count is the scale of the golden gradients.
        let loss = field.loss(emissions, targets: golden.targets, batch, count: 4, tape)
        #expect(golden.scale == 0.25)
        tape.backward()
        expectClose(Array(loss.rows), golden.losses.values, within: 3e-7, "losses")
        let gradient = Array(UnsafeBufferPointer(start: emissions.gradient, count: emissions.count))
        expectClose(gradient, golden.gradients["emissions"]!.values, within: 1e-6, "demissions")
        for parameter in block.parameters {
            let name = String(parameter.name.dropFirst("crf.".count))
            let start = tape.gradient(of: parameter)
            let gradient = Array(UnsafeBufferPointer(start: start, count: parameter.count))
            expectClose(gradient, golden.gradients[name]!.values, within: 1e-6, "d\(name)")
        }
        #expect(field.decode(emissions, batch, tape) == golden.best)
    }

    @Test(arguments: [[2, 1], [4], [7, 5, 5, 2, 1]])
    func gradientsAreThoseOfDifferences(lengths: [Int]) {
        let block = ParameterBlock()
        let batch = PackedBatch(lengths: lengths)
        let linear = Linear(inputSize: 5, outputSize: 3, in: block)
        let field = bio(in: block)
        let x = block.add("x", [batch.rows, 5], .zeros)
        block.fill(seed: 2, scale: 1, context)
        // All O, and B I where a sequence has room for them.
        var targets = [Int32](repeating: 0, count: batch.rows)
        for sequence in lengths.indices where lengths[sequence] > 1 {
            targets[sequence] = 1
            targets[batch.firstRow(of: 1) + sequence] = 2
        }
        GradientCheck(block: block, context: context).run { tape in
            let emissions = linear(tape.input(x), tape)
            return field.loss(emissions, targets: targets, batch, tape).total / Double(batch.rows)
        }
    }

    @Test func theGradientIsOfTheSumDividedByTheCount() {
        let block = ParameterBlock()
        let batch = PackedBatch(lengths: [3, 2])
        let field = bio(in: block)
        let x = block.add("x", [5, 3], .zeros)
        block.fill(seed: 3, scale: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            field.loss(tape.input(x), targets: [1, 0, 2, 0, 0], batch, count: 1, tape).total
        }
    }

    @Test func decodesNothingForbidden() {
        let block = ParameterBlock()
        let field = bio(in: block)
        block.initialize(seed: 1, context)
        let tape = Tape(inference: context)
        let batch = PackedBatch(lengths: [3])
        // Row by row I is the best tag by far, B the second.
        let emissions = tape.tensor([0, 1, 9, 0, 1, 9, 0, 1, 9], columns: 3)
        #expect(field.decode(emissions, batch, tape) == [1, 2, 2])
        let marginals = field.marginals(emissions, batch, tape).array
        #expect(marginals[2] == 0)
        for row in 0..<3 { #expect(abs(marginals[row * 3..<row * 3 + 3].reduce(0, +) - 1) < 1e-6) }
    }

    @Test func firstForbiddenTag() {
        let block = ParameterBlock()
        let field = ConditionalRandomField(
            tags: 3, allowsTransition: { before, tag in before != 0 || tag != 2 },
            allowsStart: { $0 != 2 }, allowsEnd: { $0 != 1 }, in: block)
        #expect(field.firstForbidden(in: []) == nil)
        #expect(field.firstForbidden(in: [0, 1, 2, 2]) == nil)
        #expect(field.firstForbidden(in: [2, 0]) == 0)
        #expect(field.firstForbidden(in: [1, 0, 2, 1]) == 2)
        #expect(field.firstForbidden(in: [1, 2, 1]) == 2)
    }
}
