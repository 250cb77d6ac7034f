import TestSupport
import Testing

@testable import SeqNet

/// The translator against PyTorch in float64: losses, alignments and every gradient.
struct TranslatorGoldenTests {
    /// Float32 against float64, in norms.
    private static let bound = 3e-6

    private static let names = [
        "none", "dot", "dot_feeding", "general", "general_feeding", "additive", "additive_feeding",
    ]

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func model(_ golden: GoldenTranslator) throws -> Translator {
        let model = try Tiny.translator(
            context, cell: Cell.byGoldenName.first { $0.name == golden.cell }!.cell,
            hiddenSize: golden.size, layers: golden.layers, bidirectional: golden.bidirectional,
            embeddingSize: golden.embeddingSize, attention: AttentionKind(rawValue: golden.kind)!,
            feeds: golden.feeding, tied: golden.tied, sourceWords: golden.sourceVocabulary,
            targetWords: golden.targetVocabulary)
        #expect(Set(model.parameters.parameters.map(\.name)) == Set(golden.parameters.keys))
        for parameter in model.parameters.parameters {
            #expect(parameter.shape == golden.parameters[parameter.name]!.shape)
            _ = parameter.buffer.update(from: golden.parameters[parameter.name]!.floats)
        }
        model.parameters.pack(context, backward: true)
        return model
    }

    @Test(arguments: names)
    func lossesAndGradients(name: String) throws {
        let golden = try GoldenFile.read("translator_\(name)", as: GoldenTranslator.self)
        let model = try model(golden)
        let batch = TranslationBatch(golden.sources, golden.targets)
        let order = TranslationBatch.longestFirst(golden.targets.indices) {
            golden.targets[$0].count
        }
        let tape = Tape(training: model.parameters, context)
        let loss = model.loss(batch, tape)
        #expect(abs(loss.mean - golden.loss) <= Self.bound * golden.loss)
        for (place, sentence) in order.enumerated() {
            let rows = golden.targets[sentence].indices.map {
                batch.layout.queries.firstRow(of: $0) + place
            }
            expectClose(
                rows.map { loss.rows[$0] }, golden.losses[sentence].values, within: Self.bound,
                "losses of \(sentence)")
        }
        tape.backward()
        for parameter in model.parameters.parameters {
            let gradient = Array(
                UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
            expectClose(
                gradient, golden.gradients[parameter.name]!.values, within: Self.bound, parameter.name)
        }
    }

    @Test(arguments: names.dropFirst().filter { !$0.contains("feeding") })
    func alignments(name: String) throws {
        let golden = try GoldenFile.read("translator_\(name)", as: GoldenTranslator.self)
        let model = try model(golden), decoder = model.decoder
        let batch = TranslationBatch(golden.sources, golden.targets)
        let order = TranslationBatch.longestFirst(golden.targets.indices) {
            golden.targets[$0].count
        }
        let tape = Tape(inference: context)
        let source = model.encode(
            batch.sources, batch.layout.keys, order: batch.layout.sources, tape)
        let h = decoder.recurrent(
            decoder.embedding(batch.inputs, tape), batch.layout.queries, initial: source.states, tape)
        let pass = decoder.attention!(h.last!.output, over: source.memory!, batch.layout, tape)
        for (place, sentence) in order.enumerated() {
            let weights = golden.targets[sentence].indices.flatMap {
                Array(pass.weights(of: batch.layout.queries.firstRow(of: $0) + place))
            }
            expectClose(
                weights, golden.alignments[sentence].values, within: Self.bound,
                "weights of \(sentence)")
        }
    }
}
