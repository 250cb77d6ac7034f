import Testing

@testable import SeqNet

struct TextGeneratorTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func generator(_ vocabulary: Vocabulary) throws -> TextGenerator {
        TextGenerator(try Tiny.model(vocabulary, context, scale: 2), context)
    }

    private func text(
        _ generator: TextGenerator, prompt: String = "", length: Int = 100,
        _ options: SamplingOptions = .standard, seed: UInt64 = 1, sequence: Int = 0
    ) throws -> String {
        var text = ""
        try generator.generate(
            prompt: prompt, length: length, options: options, seed: seed, sequence: sequence
        ) { text += $0 }
        return text
    }

    @Test func greedyTextFollowsTheLikeliestTokens() throws {
        let generator = try generator(Tiny.characters())
        let vocabulary = generator.model.vocabulary
        let session = LanguageModelSession(generator.model, context)
        var expected = ""
        for character in ["a", "b"] { session.advance(vocabulary.id(of: character)!) }
        for _ in 0..<40 {
            let logits = session.logits
            let id = logits.indices.filter { $0 != 1 }.max { logits[$0] < logits[$1] }!
            expected += String(decoding: vocabulary.bytes(of: Int32(id)), as: UTF8.self)
            session.advance(Int32(id))
        }
        let greedy = try SamplingOptions(temperature: 0)
        #expect(try text(generator, prompt: "ab", length: 40, greedy) == expected)
    }

    @Test func theSameSeedGivesTheSameText() throws {
        let generator = try generator(Tiny.characters())
        let first = try text(generator)
        #expect(first.count == 100)
        #expect(try text(generator) == first, "whatever came before")
        #expect(try text(self.generator(Tiny.characters())) == first)
        #expect(try text(generator, length: 30) == String(first.prefix(30)))
        #expect(try text(generator, seed: 2) != first)
        #expect(try text(generator, sequence: 1) != first)
        #expect(try text(generator, prompt: "a") != first)
    }

    @Test func tokensAreCounted() throws {
        let generator = try generator(Tiny.characters())
        let result = try generator.generate(prompt: "aéb?", length: 5, seed: 1) { _ in }
        #expect(
            result == GeneratedText(tokens: 5, promptTokens: 4, promptUnknownCount: 2))
    }

    @Test func eachPieceIsPassedOnAsItIsMade() throws {
        let model = try Tiny.model(Tiny.words(["cat", "dog", "sat"]), context)
        model.buffer("output.bias")[0] = -100  // no line ends
        model.parameters.pack(context, backward: false)
        let generator = TextGenerator(model, context)
        var pieces: [String] = []
        try generator.generate(length: 20, seed: 3) { pieces.append($0) }
        #expect(pieces.count == 20)
        #expect(["cat", "dog", "sat"].contains(pieces[0]))
        #expect(Set(pieces.dropFirst()).isSubset(of: [" cat", " dog", " sat"]))
        pieces = []
        try generator.generate(prompt: "cat", length: 1, seed: 3) { pieces.append($0) }
        #expect(pieces[0].hasPrefix(" "), "a space follows the prompt's word")
    }

    @Test func bytesComeAsWholeScalars() throws {
        let model = try Tiny.model(.bytes, context, scale: 0.1)
        // Only the two bytes of é, and always both of them.
        model.buffer("output.bias").update(repeating: -100)
        let bytes = Array("é".utf8).map(Int.init)
        for byte in bytes { model.buffer("output.bias")[byte] = 0 }
        model.parameters.pack(context, backward: false)
        let pieces = try Array(0..<20).flatMap { seed in
            var pieces: [String] = []
            try TextGenerator(model, context).generate(length: 7, seed: UInt64(seed)) { pieces.append($0) }
            return pieces
        }
        #expect(pieces.contains("é"))
        #expect(pieces.allSatisfy { !$0.isEmpty })
        #expect(Set(pieces.flatMap(\.unicodeScalars)) == ["é", "\u{FFFD}"])
    }

    @Test func noLengthGivesNoText() throws {
        #expect(try text(generator(Tiny.characters()), prompt: "ab", length: 0) == "")
    }

    @Test func aNegativeLengthIsRefused() throws {
        let generator = try generator(Tiny.characters())
        let error = #expect(throws: SeqNetError.self) { try text(generator, length: -1) }
        #expect(error == SeqNetError(.usage, "--length -1: give a number of tokens from 0 upwards"))
    }

    @Test func whatTheReceiverThrowsEndsTheText() throws {
        struct ClosedPipe: Error {}
        let generator = try generator(Tiny.characters())
        let expected = try text(generator)
        var pieces = 0
        #expect(throws: ClosedPipe.self) {
            try generator.generate(length: 100, seed: 1) { _ in
                pieces += 1
                if pieces == 3 { throw ClosedPipe() }
            }
        }
        #expect(pieces == 3)
        #expect(try text(generator) == expected, "the generator goes on to be of use")
    }

    @Test func aDamagedModelIsAnError() throws {
        let model = try Tiny.model(Tiny.characters(), context)
        model.buffer("output.bias")[4] = .nan
        model.parameters.pack(context, backward: false)
        let error = #expect(throws: SeqNetError.self) { try text(TextGenerator(model, context)) }
        #expect(error?.kind == .badData)
    }
}
