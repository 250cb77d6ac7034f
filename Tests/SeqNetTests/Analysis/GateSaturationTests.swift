import Testing

@testable import SeqNet

struct GateSaturationTests {
    private let context: KernelContext
    private let folder: TextFolder
    private let vocabulary: Vocabulary

    init() throws {
        context = try KernelContext(threads: 1)
        folder = try TextFolder()
        vocabulary = try Tiny.characters()
    }

    private func part(_ text: String) throws -> CorpusPart {
        try Corpus.encode(
            [folder.add("text.txt", text)], tokenizer: Tokenizer(kind: .characters),
            vocabulary: vocabulary, scratchFolder: folder.scratch)
    }

    /// Gate shares by name when one gate of the cell has this bias and all weights are zero.
    private func gates(_ cell: Cell, gate: Int, bias: Float) throws -> [String: GateSaturation.Gate] {
        let model = try Tiny.model(vocabulary, context, cell: cell, hiddenSize: 7, scale: 0)
        for unit in gate * 7..<(gate + 1) * 7 { model.buffer("rnn.bias_ih_l0")[unit] = bias }
        model.parameters.pack(context, backward: false)
        let result = try GateSaturation(
            of: model, on: part(String(repeating: "ab", count: 50)), windows: 3, context)
        return Dictionary(uniqueKeysWithValues: result.gates.map { ($0.unit.name, $0) })
    }

    /// Each gate of each cell in PyTorch's order: it alone is at its ends when its bias is.
    @Test(arguments: [
        (Cell.lstm, ["input", "forget", "candidate", "output"]),
        (.gru(.resetAfter), ["reset", "update", "candidate"]),
        (.gru(.resetBefore), ["reset", "update", "candidate"]),
        (.gru(.simplified), ["update", "candidate"]),
        (.rnn(.tanh), ["hidden"]),
    ])
    func eachGateHasItsOwnShares(cell: Cell, names: [String]) throws {
        #expect(cell.units.map(\.name) == names)
        for (index, name) in names.enumerated() {
            let high = try gates(cell, gate: index, bias: 5)
            let low = try gates(cell, gate: index, bias: -5)
            for other in names {
                #expect(high[other]!.high == (other == name ? 1 : 0), "\(name) high: \(other)")
                #expect(high[other]!.low == 0)
                #expect(low[other]!.low == (other == name ? 1 : 0), "\(name) low: \(other)")
                #expect(low[other]!.high == 0)
                #expect(low[other]!.saturated == low[other]!.low + low[other]!.high)
            }
        }
    }

    @Test func aReLUIsLowWhereItIsZero() throws {
        let dead = try gates(.rnn(.relu), gate: 0, bias: -1)["hidden"]!
        #expect(dead.low == 1 && dead.high == 0)
        let alive = try gates(.rnn(.relu), gate: 0, bias: 1)["hidden"]!
        #expect(alive.low == 0 && alive.high == 0)
    }

    @Test func sharesAreThoseOfCounting() throws {
        let model = try Tiny.model(vocabulary, context, layers: 2, scale: 2)
        let text = String(repeating: "abcdefghiaab", count: 5)
        let result = try GateSaturation(of: model, on: part(text), context)
        #expect(result.steps == 60, "a text shorter than a window is one window")
        #expect(result.gates.map(\.layer) == [0, 0, 0, 0, 1, 1, 1, 1])

        let ids = try part(text).ids(0..<60)
        let tape = Tape(analyzing: model.parameters, context)
        let inputs = [vocabulary.lineEnd] + ids.dropLast()
        let passes = model.hidden(inputs, PackedBatch(sequences: 1, steps: 60), tape).passes
        for (index, gate) in result.gates.enumerated() {
            let pass = passes[gate.layer], block = index % 4
            let values = (0..<60).flatMap { row in
                (0..<12).map { pass.directions[0].saved![row * 48 + block * 12 + $0] }
            }
            let lowEnd: Float = block == 2 ? -0.9 : 0.1
            #expect(gate.low == Double(values.filter { $0 < lowEnd }.count) / 720)
            #expect(gate.high == Double(values.filter { $0 > 0.9 }.count) / 720)
            #expect(gate.saturated > 0 && gate.saturated < 1, "with weights this large some are")
        }
    }

    @Test func noWindowsAreAnError() throws {
        let model = try Tiny.model(vocabulary, context)
        let error = #expect(throws: SeqNetError.self) {
            try GateSaturation(of: model, on: part("abc"), windows: 0, context)
        }
        #expect(error?.kind == .usage)
    }
}
