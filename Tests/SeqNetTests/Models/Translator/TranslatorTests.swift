import TestSupport
import Testing

@testable import SeqNet

struct TranslatorTests {
    private static let lengths: [(source: Int, target: Int)] = [(3, 4), (5, 2), (1, 3), (5, 5)]
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private var batch: TranslationBatch {
        let pairs = Tiny.pairs(Self.lengths)
        return TranslationBatch(pairs.sources, pairs.targets)
    }

    @Test(arguments: AttentionKind.allCases, [false, true])
    func gradientsAreThoseOfDifferences(kind: AttentionKind, feeds: Bool) throws {
        if kind == .none && feeds { return }
        for (cell, layers, bidirectional) in [(Cell.gru(), 1, true), (.lstm, 2, false)] {
            let model = try Tiny.translator(
                context, cell: cell, layers: layers, bidirectional: bidirectional, attention: kind,
                feeds: feeds)
            // Gradients of the scores are small beside the loss, whose rounding counts more then.
            GradientCheck(block: model.parameters, context: context, bound: 5e-3).run { tape in
                model.loss(batch, tape).mean
            }
        }
    }

    @Test func tiedEmbeddingsHaveTheGradientsOfBothUses() throws {
        let model = try Tiny.translator(context, embeddingSize: 6, feeds: true, tied: true)
        #expect(!model.parameters.parameters.contains { $0.name == "output.weight" })
        GradientCheck(block: model.parameters, context: context).run { model.loss(batch, $0).mean }
    }

    @Test(arguments: AttentionKind.allCases)
    func stepByStepEqualsTheSequence(kind: AttentionKind) throws {
        let model = try Tiny.translator(context, layers: 2, attention: kind)
        func result(
            _ outputs: (EncodedSource, Tape) -> Tensor
        ) -> (outputs: [Float], gradients: [Float]) {
            let tape = Tape(training: model.parameters, context)
            let layout = batch.layout
            let source = model.encode(batch.sources, layout.keys, order: layout.sources, tape)
            let output = outputs(source, tape)
            _ = model.decoder.output.loss(output, targets: batch.targets, tape)
            tape.backward()
            return (output.array, Array(tape.allGradients))
        }
        let fused = result { model.decoder.outputs(batch.inputs, batch.layout, $0, $1) }
        let unrolled = result {
            model.decoder.unrolledOutputs(batch.inputs, batch.layout, $0, samples: false, $1)
        }
        expectSameBits(unrolled.outputs, fused.outputs, "outputs")
        expectClose(
            unrolled.gradients, fused.gradients.map(Double.init), within: 2e-6, "gradients")
    }

    @Test(arguments: [false, true])
    func aPairAloneEqualsThePairInABatch(feeds: Bool) throws {
        let model = try Tiny.translator(context, cell: .lstm, layers: 2, feeds: feeds)
        let tape = Tape(inference: context)
        let pairs = Tiny.pairs(Self.lengths)
        let order = TranslationBatch.longestFirst(Self.lengths.indices) { Self.lengths[$0].target }
        let together = Array(model.loss(batch, tape).rows), targets = batch.layout.queries
        for (place, pair) in order.enumerated() {
            let alone = model.loss(
                TranslationBatch([pairs.sources[pair]], [pairs.targets[pair]]), tape)
            let rows = (0..<Self.lengths[pair].target).map { targets.firstRow(of: $0) + place }
            expectSameBits(Array(alone.rows), rows.map { together[$0] }, "pair \(pair)")
        }
    }

    @Test(.enabled(if: KernelContext.hasThreads), arguments: [false, true])
    func threadsDoNotMatter(feeds: Bool) throws {
        var lengths: [(source: Int, target: Int)] = []
        for index in 0..<24 { lengths.append((1 + index * 7 % 13, 1 + index * 5 % 11)) }
        let pairs = Tiny.pairs(lengths, sourceWords: 90, targetWords: 400)
        let results = try [1, 2, 3].map { threads -> [Float] in
            let context = try KernelContext(threads: threads)
            let model = try Tiny.translator(
                context, hiddenSize: 70, dropout: 0.2, embeddingSize: 30, attention: .additive,
                feeds: feeds, samplingRate: feeds ? 0.3 : 0, sourceWords: 90, targetWords: 400,
                scale: 0.3)
            let tape = Tape(training: model.parameters, context)
            let loss = model.loss(TranslationBatch(pairs.sources, pairs.targets), tape)
            let losses = Array(loss.rows)
            tape.backward()
            return losses + Array(tape.allGradients)
        }
        for result in results.dropFirst() { expectSameBits(result, results[0], "threads") }
    }

    /// At a rate of 1 every token but the first is the model's own.
    @Test func scheduledSamplingReadsTheLikeliestTokens() throws {
        let plain = try Tiny.translator(context, feeds: true)
        let sampling = try Tiny.translator(context, feeds: true, samplingRate: 1)
        var inputs = batch.inputs
        let targets = batch.layout.queries
        let inference = Tape(inference: context)
        for step in 1..<targets.steps {
            inference.reset()
            let source = plain.encode(
                batch.sources, batch.layout.keys, order: batch.layout.sources, inference)
            let outputs = plain.decoder.outputs(inputs, batch.layout, source, inference)
            let logits = plain.decoder.output.logits(outputs, inference)
            let active = targets.firstRow(of: step + 1) - targets.firstRow(of: step)
            for sequence in 0..<active {
                let row = logits.rows(targets.firstRow(of: step - 1) + sequence..<logits.rows)
                let values = row.array.prefix(logits.columns)
                inputs[targets.firstRow(of: step) + sequence] =
                    Int32(values.indices.max { values[$0] < values[$1] }!)
            }
        }
        #expect(inputs != batch.inputs)
        inference.reset()
        let source = plain.encode(
            batch.sources, batch.layout.keys, order: batch.layout.sources, inference)
        let expected = plain.decoder.outputs(inputs, batch.layout, source, inference).array
        let tape = Tape(training: sampling.parameters, context)
        let own = sampling.encode(
            batch.sources, batch.layout.keys, order: batch.layout.sources, tape)
        expectSameBits(
            sampling.decoder.outputs(batch.inputs, batch.layout, own, tape).array, expected, "outputs")
        let evaluated = Tape(inference: context)
        expectSameBits(
            Array(sampling.loss(batch, evaluated).rows), Array(plain.loss(batch, evaluated).rows),
            "an evaluation reads what is given")
    }

    @Test func aConfigurationThatCannotBeIsRefused() {
        func message(_ make: () throws -> TranslatorConfiguration) -> String {
            do { _ = try make() } catch { return "\(error)" }
            return ""
        }
        func configuration(
            size: Int = 4, bidirectional: Bool = false, attention: AttentionKind = .dot,
            feeds: Bool = false, rate: Float = 0, tied: Bool = false
        ) throws -> TranslatorConfiguration {
            try TranslatorConfiguration(
                RecurrentConfiguration(hiddenSize: size, bidirectional: bidirectional),
                embeddingSize: 6, attention: attention, feedsInput: feeds, samplingRate: rate,
                tiesEmbeddings: tied, tokenizer: Tokenizer(kind: .words))
        }
        #expect(
            message { try configuration(size: 5, bidirectional: true) }.contains("give an even number"))
        #expect(message { try configuration(attention: .none, feeds: true) }.contains("--input-feeding"))
        #expect(message { try configuration(rate: 1.5) }.contains("--scheduled-sampling 1.5"))
        #expect(message { try configuration(tied: true) }.contains("give --embedding-size 4"))
    }

    /// Words come out in the order they went in, turned round.
    @Test(arguments: [(AttentionKind.dot, false), (.additive, true)])
    func learnsToReverse(kind: AttentionKind, feeds: Bool) throws {
        let model = try Tiny.translator(
            context, hiddenSize: 32, embeddingSize: 16, attention: kind, feeds: feeds,
            sourceWords: 8, targetWords: 8)
        model.parameters.initialize(seed: 1, context)
        model.parameters.pack(context, backward: true)
        let tape = Tape(training: model.parameters, context)
        var options = TrainingOptions()
        options.learningRate = 0.01
        let optimizer = try Optimizer(options, model.parameters, context)
        var random = Random(seed: 3, stream: 0), last = 0.0
        for step in 0..<300 {
            let sources = (0..<32).map { _ in
                random.ids(2 + random.integer(below: 4), below: 6).map { $0 + 2 } + [0]
            }
            let targets = sources.map { Array($0.dropLast().reversed()) + [0] }
            tape.reset(step: step)
            last = model.loss(TranslationBatch(sources, targets), tape).mean
            tape.backward()
            try optimizer.step(tape)
        }
        #expect(last < 0.1, "\(last) nats a token")
    }
}
