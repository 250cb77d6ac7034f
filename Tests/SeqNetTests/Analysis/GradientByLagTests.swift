import TestSupport
import Testing

@testable import SeqNet

struct GradientByLagTests {
    private let context: KernelContext
    private let folder: TextFolder

    init() throws {
        context = try KernelContext(threads: 1)
        folder = try TextFolder()
    }

    /// A part of one text of random letters.
    private func part(_ length: Int, _ vocabulary: Vocabulary) throws -> CorpusPart {
        var random = Random(seed: 1, stream: 0)
        let bytes = (0..<length - 1).map { _ in UInt8(ascii: "a") + UInt8(random.integer(below: 9)) }
        return try Corpus.encode(
            [folder.add("text.txt", bytes + [0x0A])], tokenizer: Tokenizer(kind: .characters),
            vocabulary: vocabulary, scratchFolder: folder.scratch)
    }

    @Test(arguments: Cell.all)
    func normsAreThoseOfDifferences(cell: Cell) throws {
        let vocabulary = try Tiny.characters()
        let model = try Tiny.model(
            vocabulary, context, cell: cell, hiddenSize: 5, layers: 2, embeddingSize: 4)
        let part = try part(12, vocabulary)
        let greatestLag = 4
        let result = try GradientByLag(of: model, on: part, greatestLag: greatestLag, windows: 3, context)

        // Of the 8 places for a window of 5 steps, the middles of three equal shares.
        let positions = [1, 4, 6].map { $0 + greatestLag }
        #expect(result.positions == positions.count)
        #expect(result.layers.count == 2)
        let reference = ReferenceLanguageModel(model)
        let ids = part.ids(0..<part.count)
        for layer in 0..<2 {
            for lag in 0...greatestLag {
                let norms = positions.map { position in
                    reference.gradientNorm(
                        [vocabulary.lineEnd] + ids[..<position], target: ids[position],
                        step: position - lag, layer: layer)
                }
                let expected = norms.reduce(0, +) / Double(norms.count)
                let measured = result.layers[layer][lag]
                #expect(
                    abs(measured - expected) <= 1e-4 * expected,
                    "layer \(layer), lag \(lag): \(measured), not \(expected)")
            }
        }
        #expect(result.top == result.layers[1])
    }

    /// A window begins with the state that the 256 tokens before it leave.
    @Test func windowsWarmUpFromAZeroState() throws {
        let vocabulary = try Tiny.characters()
        // With weights this large the state holds much of what came long before.
        let model = try Tiny.model(vocabulary, context, hiddenSize: 5, embeddingSize: 4, scale: 2)
        let part = try part(801, vocabulary)
        let result = try GradientByLag(of: model, on: part, greatestLag: 3, windows: 1, context)
        let position = 399 + 3, first = position - 3 - 256
        let ids = part.ids(0..<part.count)
        let reference = ReferenceLanguageModel(model)
        for lag in 0...3 {
            let expected = reference.gradientNorm(
                Array(ids[first - 1..<position]), target: ids[position],
                step: position - first - lag, layer: 0)
            #expect(abs(result.top[lag] - expected) <= 1e-4 * expected, "lag \(lag)")
        }
    }

    @Test func neitherDropoutNorTheModelsOwnPackingMatters() throws {
        let vocabulary = try Tiny.characters()
        let part = try part(60, vocabulary)
        func logits(_ model: LanguageModel) -> [Float] {
            let session = LanguageModelSession(model, context)
            return withExtendedLifetime(session) { Array(session.advance(3)) }
        }
        func measure(dropout: Float) throws -> GradientByLag {
            let model = try Tiny.model(vocabulary, context, layers: 2, dropout: dropout)
            model.parameters.pack(context, backward: false)
            let before = logits(model)
            let result = try GradientByLag(of: model, on: part, greatestLag: 10, context)
            expectSameBits(logits(model), before, "the model")
            return result
        }
        #expect(try measure(dropout: 0.5) == measure(dropout: 0))
    }

    /// The vanishing gradient: of a plain cell with small weights hardly anything is left
    /// after 20 more steps, of an LSTM whose forget gates are open nearly all.
    @Test func anOpenForgetGateKeepsTheGradient() throws {
        let vocabulary = try Tiny.characters()
        let part = try part(300, vocabulary)
        func decay(_ cell: Cell) throws -> Double {
            let model = try Tiny.model(vocabulary, context, cell: cell, hiddenSize: 16, scale: 0.2)
            if cell == .lstm {
                for unit in 16..<32 { model.buffer("rnn.bias_ih_l0")[unit] = 6 }
            }
            let norms = try GradientByLag(of: model, on: part, greatestLag: 30, windows: 20, context).top
            return norms[30] / norms[10]
        }
        let (rnn, lstm) = (try decay(.rnn(.tanh)), try decay(.lstm))
        #expect(rnn < 1e-4)
        #expect(lstm > 0.5)
    }

    @Test func aTextThatIsTooShortIsAnError() throws {
        let vocabulary = try Tiny.characters()
        let model = try Tiny.model(vocabulary, context)
        let error = try #require(
            #expect(throws: SeqNetError.self) {
                try GradientByLag(of: model, on: part(50, vocabulary), context)
            })
        #expect(error.kind == .badData)
        #expect(error.message.contains("text.txt': has no text of 51 tokens or more"))
        #expect(try GradientByLag(of: model, on: part(51, vocabulary), context).positions == 1)
    }

    @Test func numbersOutOfRangeAreErrors() throws {
        let vocabulary = try Tiny.characters()
        let model = try Tiny.model(vocabulary, context), part = try part(60, vocabulary)
        for (lag, windows) in [(-1, 10), (5, 0)] {
            let error = #expect(throws: SeqNetError.self) {
                try GradientByLag(of: model, on: part, greatestLag: lag, windows: windows, context)
            }
            #expect(error?.kind == .usage)
        }
    }
}
