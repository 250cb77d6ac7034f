import TestSupport
import Testing

@testable import SeqNet

struct AnalysisWindowsTests {
    private let context: KernelContext
    private let folder: TextFolder
    private let vocabulary: Vocabulary

    init() throws {
        context = try KernelContext(threads: 1)
        folder = try TextFolder()
        vocabulary = try Tiny.characters()
    }

    private func part(_ texts: [String]) throws -> CorpusPart {
        try Corpus.encode(
            texts.enumerated().map { try folder.add("\($0).txt", $1) },
            tokenizer: Tokenizer(kind: .characters), vocabulary: vocabulary, scratchFolder: folder.scratch)
    }

    @Test func windowsAreSpreadEvenly() throws {
        let part = try part([String(repeating: "abcdefghi", count: 12)])
        #expect(try AnalysisWindows(part, vocabulary, steps: 9, count: 4).starts == [12, 37, 62, 87])
        #expect(try AnalysisWindows(part, vocabulary, steps: 108, count: 4).starts == [0])
        #expect(try AnalysisWindows(part, vocabulary, steps: 105, count: 9).starts == [0, 1, 2, 3])
    }

    @Test func windowsLieWithinOneText() throws {
        // Texts of 6, 2 and 7 tokens.
        let part = try part(["abcdef", "gh", "ihgfedc"])
        #expect(part.textStarts == [0, 6, 8])
        let windows = try AnalysisWindows(part, vocabulary, steps: 4, count: 100)
        #expect(windows.starts == [0, 1, 2, 8, 9, 10, 11])
    }

    @Test func inputsAreTheTokensBeforeTheTargets() throws {
        let part = try part(["abcdef", "gh", "ihgfedc"])
        let windows = try AnalysisWindows(part, vocabulary, steps: 4, count: 100)
        var rows: Set<[Int32]> = []
        windows.forEachBatch(try Tiny.model(vocabulary, context), context) { batch in
            let count = batch.layout.sequences
            for window in 0..<count {
                let places = (0..<4).map { $0 * count + window }
                rows.insert(places.map { batch.inputs[$0] } + places.map { batch.targets[$0] })
            }
        }
        let ids = part.ids(0..<part.count)
        let expected = windows.starts.map { start in
            let before = start == 0 || start == 8 ? vocabulary.lineEnd : ids[start - 1]
            return [before] + ids[start..<start + 3] + ids[start..<start + 4]
        }
        #expect(rows == Set(expected))
    }

    /// The state before a window is that of a session which has read the same tokens.
    @Test func theWarmUpLeavesTheStateOfReading() throws {
        let text = String(repeating: "abcdefghihgfedcb", count: 30)
        let part = try part([text])
        let ids = part.ids(0..<part.count)
        let model = try Tiny.model(vocabulary, context)
        let windows = try AnalysisWindows(part, vocabulary, steps: 100, count: 3)
        var states: [[Float]] = []
        windows.forEachBatch(model, context) { batch in
            let buffer = batch.state.named[0].buffer
            for window in 0..<batch.layout.sequences {
                states.append(Array(buffer[window * 12..<(window + 1) * 12]))
            }
        }
        // Sorted by warm-up, of equal ones the first: 256, 190 and 63 tokens.
        let starts = windows.starts.reversed()
        #expect(Array(starts) == [317, 190, 63])
        for (start, state) in zip(starts, states) {
            let first = max(0, start - 256)
            let inputs = (first == 0 ? [vocabulary.lineEnd] : [ids[first - 1]]) + ids[first..<start - 1]
            let tape = Tape(inference: context)
            let pass = model.hidden(inputs, PackedBatch(sequences: 1, steps: inputs.count), tape).passes[0]
            expectSameBits(state, pass.final.hidden.array, "before \(start)")
        }
    }
}
