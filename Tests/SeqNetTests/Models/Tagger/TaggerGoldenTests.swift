import TestSupport
import Testing

@testable import SeqNet

/// The tagger against PyTorch in float64: the loss and every gradient.
struct TaggerGoldenTests {
    private struct Golden: Decodable {
        struct Case: Decodable {
            let letters, crf: Bool
            let parameters: [String: GoldenTensor]
            let gradients: [String: GoldenTensor]
            let loss: Double
        }
        let words, characters, tags: [String]
        /// Words and tags divided by blanks.
        let sentences, sentenceTags: [String]
        let cases: [String: Case]
    }

    /// Float32 against float64, in norms: some tens of roundings of 6e-8.
    private static let bound = 2e-6

    private func split(_ text: String) -> [String] { text.split(separator: " ").map { String($0) } }

    @Test(arguments: ["words", "letters", "crf"])
    func lossAndGradients(name: String) throws {
        let golden = try GoldenFile.read("taggers", as: Golden.self)
        let expected = try #require(golden.cases[name])
        let context = try KernelContext(threads: 2)
        let vocabulary = WordVocabulary(
            words: try Vocabulary(kind: .words, tokens: golden.words, source: "golden"),
            characters: try Vocabulary(kind: .characters, tokens: golden.characters, source: "golden"),
            lowercase: true)
        let model = Tagger(
            try TaggerConfiguration(
                RecurrentConfiguration(hiddenSize: 3, layers: 2, bidirectional: true),
                embeddingSize: 3,
                characters: expected.letters ? .init(embeddingSize: 2, hiddenSize: 2) : nil,
                crf: expected.crf, lowercaseWords: true),
            vocabulary: vocabulary,
            tagSet: try TagSet(scheme: "bioes", learned: golden.tags, source: "golden"), context)
        #expect(Set(model.parameters.parameters.map(\.name)) == Set(expected.parameters.keys))
        for parameter in model.parameters.parameters {
            let values = try #require(expected.parameters[parameter.name])
            #expect(parameter.shape == values.shape)
            _ = parameter.buffer.update(from: values.floats)
        }
        model.parameters.pack(context, backward: true)

        var table = WordTable(vocabulary)
        let words = TokenSequences(golden.sentences.map { table.indices(of: split($0)) })
        let targets = TokenSequences(golden.sentenceTags.map { model.tagSet.learned(split($0))! })
        let chosen = LengthBuckets.sortedBatches(words.lengths, size: 10)[0]
        let rows = targets.packed(chosen).tokens
        let tape = Tape(training: model.parameters, context)
        let loss = model.loss(WordBatch(words, chosen, table), targets: rows, tape)
        tape.backward()
        #expect(abs(loss.total / Double(rows.count) - expected.loss) <= Self.bound * expected.loss)
        for parameter in model.parameters.parameters {
            let gradient = Array(
                UnsafeBufferPointer(start: tape.gradient(of: parameter), count: parameter.count))
            expectClose(
                gradient, expected.gradients[parameter.name]!.values, within: Self.bound,
                parameter.name)
        }
    }
}
