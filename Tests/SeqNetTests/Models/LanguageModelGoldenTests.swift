import TestSupport
import Testing

@testable import SeqNet

/// The language model against PyTorch in float64: logits, loss, every gradient, final states,
/// and a second chunk that goes on from them.
struct LanguageModelGoldenTests {
    /// Float32 against float64, in norms: some tens of roundings of 6e-8.
    private static let bound = 2e-6

    private static let files =
        Cell.byGoldenName + [("lstm_tied", .lstm), ("gru_tied", .gru(.resetAfter))]

    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func model(_ golden: GoldenLanguageModel, _ cell: Cell) throws -> LanguageModel {
        let vocabulary = try Tiny.characters(golden.vocabularySize)
        let model = try Tiny.model(
            vocabulary, context, cell: cell, hiddenSize: golden.hiddenSize, layers: golden.layers,
            embeddingSize: golden.embeddingSize, tied: golden.tieWeights)
        #expect(Set(model.parameters.parameters.map(\.name)) == Set(golden.parameters.keys))
        for parameter in model.parameters.parameters {
            #expect(parameter.shape == golden.parameters[parameter.name]!.shape)
            _ = parameter.buffer.update(from: golden.parameters[parameter.name]!.floats)
        }
        model.parameters.pack(context, backward: true)
        return model
    }

    @Test(arguments: files)
    func logitsLossAndGradients(named: (name: String, cell: Cell)) throws {
        let golden = try GoldenFile.read("language_model_\(named.name)", as: GoldenLanguageModel.self)
        let model = try model(golden, named.cell)
        let chunk = Chunk(golden, 0)
        let inference = Tape(inference: context)
        let logits = model.logits(chunk.inputs, chunk.batch, inference).logits.array
        expectClose(logits, golden.logits.values, within: Self.bound, "logits")

        let tape = Tape(training: model.parameters, context)
        let (loss, passes) = model.loss(chunk.inputs, targets: chunk.targets, chunk.batch, tape)
        tape.backward()
        #expect(abs(loss.mean - golden.loss) <= Self.bound * golden.loss)
        check(passes, golden.finalStates)
        for parameter in model.parameters.parameters {
            let gradient = Array(
                UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
            expectClose(
                gradient, golden.gradients[parameter.name]!.values, within: Self.bound, parameter.name)
        }
    }

    @Test(arguments: files)
    func aSecondChunkGoesOnFromTheFirst(named: (name: String, cell: Cell)) throws {
        let golden = try GoldenFile.read("language_model_\(named.name)", as: GoldenLanguageModel.self)
        let model = try model(golden, named.cell)
        let tape = Tape(training: model.parameters, context)
        let state = CarriedState(model.recurrent, sequences: 3)
        var lastLoss = 0.0
        for index in 0..<2 {
            let chunk = Chunk(golden, index)
            tape.reset()
            let (loss, passes) = model.loss(
                chunk.inputs, targets: chunk.targets, chunk.batch, initial: state.layers(), tape)
            tape.backward()
            state.update(from: passes)
            lastLoss = loss.mean
            check(passes, index == 0 ? golden.finalStates : golden.carriedFinalStates)
        }
        #expect(abs(lastLoss - golden.carriedLoss) <= Self.bound * golden.carriedLoss)
        let size = norm(tape.allGradients)
        #expect(abs(size - golden.carriedGradientNorm) <= Self.bound * golden.carriedGradientNorm)
    }

    private func check(_ passes: [RecurrentPass], _ expected: [String: GoldenTensor]) {
        for (layer, pass) in passes.enumerated() {
            expectClose(
                pass.final.hidden.array, expected["h"]!.part(layer), within: Self.bound, "h \(layer)")
            guard let cell = pass.final.cell else { continue }
            expectClose(cell.array, expected["c"]!.part(layer), within: Self.bound, "c \(layer)")
        }
    }

    /// One chunk of the golden ids, time-major.
    private struct Chunk {
        let inputs: [Int32], targets: [Int32]
        let batch: PackedBatch

        init(_ golden: GoldenLanguageModel, _ index: Int) {
            let sequences = golden.ids.shape[1]
            let ids = golden.ids.values.map { Int32($0) }
            let rows = golden.steps * sequences, first = index * rows
            inputs = Array(ids[first..<first + rows])
            targets = Array(ids[first + sequences..<first + sequences + rows])
            batch = PackedBatch(sequences: sequences, steps: golden.steps)
        }
    }
}
