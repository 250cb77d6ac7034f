/// Writes new text with a language model, piece by piece as it is made.
///
/// A text begins after a line end from a zero state; a prompt is read first, and then each
/// token that was drawn is read in turn. Any number of generators may share a model.
///
/// ```swift
/// let generator = TextGenerator(model, context)
/// try generator.generate(prompt: "ROMEO:", length: 500, seed: 1) { print($0, terminator: "") }
/// ```
public final class TextGenerator {
    public let model: LanguageModel
    private let context: KernelContext
    private let session: LanguageModelSession

    /// - Parameters:
    ///   - model: packed for the context's instruction set, as a loaded model is.
    ///   - context: which kernels run on how many threads.
    public init(_ model: LanguageModel, _ context: KernelContext) {
        self.model = model
        self.context = context
        session = LanguageModelSession(model, context)
    }

    /// Writes a text of `length` new tokens.
    ///
    /// - Parameters:
    ///   - prompt: what the text goes on from; it is not part of what `onText` is given.
    ///   - options: how tokens are drawn.
    ///   - seed: of the random numbers; the same one gives the same text.
    ///   - sequence: which of the independent texts of that seed this is, from 0.
    ///   - onText: called with each piece of new text. What it throws ends the text.
    /// - Throws: `usage` for a negative length, `badData` for a prompt that cannot be tokens
    ///   or a model that computes no numbers; what `onText` throws.
    @discardableResult
    public func generate(
        prompt: String = "", length: Int, options: SamplingOptions = .standard, seed: UInt64,
        sequence: Int = 0, onText: (String) throws -> Void
    ) throws -> GeneratedText {
        guard length >= 0 else {
            throw SeqNetError(.usage, "--length \(length): give a number of tokens from 0 upwards")
        }
        var detokenizer = Detokenizer(model.vocabulary, after: prompt)
        let prompt = try model.configuration.tokenizer.encode(prompt: prompt, with: model.vocabulary)
        session.reset()
        session.read(prompt.ids)
        var sampler = Sampler(options, model.vocabulary, seed: seed, sequence: sequence, context)
        for _ in 0..<length {
            let token = try sampler.next(session.logits)
            try emit(detokenizer.append(token), onText)
            session.read(token)
        }
        try emit(detokenizer.finish(), onText)
        return GeneratedText(
            tokens: length, promptTokens: prompt.ids.count, promptUnknownCount: prompt.unknownCount)
    }

    /// Passes text on, unless a scalar is held back until it is whole.
    private func emit(_ text: String, _ onText: (String) throws -> Void) throws {
        if !text.isEmpty { try onText(text) }
    }
}
