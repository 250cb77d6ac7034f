import Foundation
import TestSupport
import Testing

@testable import SeqNet

struct LanguageModelSessionTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func ids(_ count: Int, stream: UInt64 = 0) -> [Int32] {
        var random = Random(seed: 5, stream: stream)
        return random.ids(count, below: 11)
    }

    private func logits(_ session: LanguageModelSession, _ ids: [Int32]) -> [[Float]] {
        withExtendedLifetime(session) {
            session.reset()
            return [Array(session.logits)] + ids.map { Array(session.advance($0)) }
        }
    }

    @Test(arguments: Cell.all)
    func stepsGiveTheBitsOfTheWholeText(cell: Cell) throws {
        let model = try Tiny.model(Tiny.characters(), context, cell: cell, hiddenSize: 19, layers: 2)
        let ids = ids(20)
        let steps = logits(LanguageModelSession(model, context), ids)
        let tape = Tape(inference: context)
        let inputs = [model.vocabulary.lineEnd] + ids
        let whole = model.logits(inputs, PackedBatch(sequences: 1, steps: inputs.count), tape)
        expectSameBits(steps.flatMap { $0 }, whole.logits.array, "\(cell)")
    }

    @Test func aResetBeginsAnew() throws {
        let model = try Tiny.model(Tiny.characters(), context)
        let session = LanguageModelSession(model, context)
        let first = Array(session.logits)
        let after = Array(session.advance(3))
        #expect(after != first)
        session.reset()
        expectSameBits(Array(session.logits), first, "the first token")
        expectSameBits(Array(session.advance(3)), after, "the second token")
    }

    @Test func readingAloneLeadsToTheSameLogits() throws {
        let model = try Tiny.model(Tiny.characters(), context)
        let session = LanguageModelSession(model, context)
        let expected = logits(session, ids(5)).last!
        session.reset()
        ids(5).forEach(session.read)
        expectSameBits(Array(session.logits), expected, "after reading")
        #expect(session.logits.baseAddress == session.logits.baseAddress, "computed once")
    }

    /// More tokens than one pass takes.
    @Test(arguments: Cell.all)
    func readingManyAtOnceGivesTheSameBits(cell: Cell) throws {
        let model = try Tiny.model(Tiny.characters(), context, cell: cell, layers: 2)
        let session = LanguageModelSession(model, context)
        let expected = logits(session, ids(600)).last!
        session.reset()
        session.read(ids(600))
        expectSameBits(Array(session.logits), expected, "\(cell)")
        let next = Array(session.advance(2))
        expectSameBits(next, logits(session, ids(600) + [2]).last!, "\(cell), one more")
        session.reset()
        session.read([])
        expectSameBits(Array(session.logits), logits(session, [])[0], "\(cell), no token")
    }

    @Test func memoryDoesNotGrowWithTheText() throws {
        let model = try Tiny.model(Tiny.characters(), context)
        let session = LanguageModelSession(model, context)
        session.read(ids(600))
        session.read(ids(600))
        let allocations = session.allocations
        for id in ids(5000) {
            session.advance(id)
            _ = session.logits
        }
        session.read(ids(600))
        #expect(session.allocations == allocations)
    }

    @Test func sessionsShareAModelSideBySide() async throws {
        let model = try Tiny.model(Tiny.characters(), context, hiddenSize: 67, layers: 2)
        let texts = (0..<8).map { ids(200, stream: $0) }
        let expected = texts.map { logits(LanguageModelSession(model, context), $0).last! }
        let shared = context
        let results = await withTaskGroup(of: (Int, [Float]).self) { group in
            for (index, text) in texts.enumerated() {
                group.addTask {
                    let session = LanguageModelSession(model, shared)
                    for id in text { session.advance(id) }
                    return (index, withExtendedLifetime(session) { Array(session.logits) })
                }
            }
            return await group.reduce(into: [Int: [Float]]()) { $0[$1.0] = $1.1 }
        }
        for index in texts.indices { expectSameBits(results[index]!, expected[index], "session \(index)") }
    }

    @Test(.enabled(if: KernelContext.hasThreads))
    func threadsDoNotMatter() throws {
        let one = try KernelContext(threads: 1), three = try KernelContext(threads: 3)
        let model = try Tiny.model(Tiny.characters(), one, hiddenSize: 256, layers: 2)
        let expected = logits(LanguageModelSession(model, one), ids(10))
        let result = logits(LanguageModelSession(model, three), ids(10))
        expectSameBits(result.flatMap { $0 }, expected.flatMap { $0 }, "3 threads")
    }

    /// A session that is kept while the model trains on.
    @Test func trainingReleasesWhatASessionReads() throws {
        let model = try Tiny.model(Tiny.characters(), context)
        let session = LanguageModelSession(model, context)
        let before = Array(session.logits)
        model.parameters.pack(context, backward: true)
        session.reset()
        expectSameBits(Array(session.logits), before, "after packing for training")
        withExtendedLifetime(session) {}
    }

    /// Weights in bf16 are the same for logits, which read them packed, and for scores, which do not.
    @Test(arguments: [false, true])
    func aModelInBF16IsOneModel(tied: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("model.safetensors")
        let vocabulary = try Tiny.words([".", "cat", "the", "was"])
        let original = try Tiny.model(vocabulary, context, embeddingSize: 12, tied: tied, scale: 0.5)
        try ModelFile.write(
            ModelMetadata(
                task: "lm", config: .object(original.configuration.json), vocabulary: vocabulary.tokens),
            tensors: original.parameters.tensors, to: path)
        let model = try LanguageModel(contentsOf: path, context, weights: .bf16)
        #expect(model.buffer("rnn.weight_hh_l0").contains { $0 != 0 })
        #expect(Array(model.buffer("rnn.weight_hh_l0")) != Array(original.buffer("rnn.weight_hh_l0")))
        let text = try model.configuration.tokenizer.encode(line: "the cat was .", with: vocabulary)
        let score = LineScorer(model, context).scores(of: [text])[0].logProbability
        let session = LanguageModelSession(model, context)
        var sum = 0.0
        for id in text.ids {
            let logits = Array(session.logits).map(Double.init)
            sum += logits[Int(id)] - log(logits.reduce(0) { $0 + exp($1) })
            session.read(id)
        }
        #expect(abs(score - sum) < 1e-4)
        withExtendedLifetime(session) {}
    }
}
