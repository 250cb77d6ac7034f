/// Writes sequences with a generator, piece by piece as they are made.
///
/// ```swift
/// let generator = SequenceGenerator(model, context)
/// let jig = try model.conditions.condition("jigs", place: "label")
/// try generator.generate(jig, length: 1000, seed: 1) { print($0, terminator: "") }
/// ```
public final class SequenceGenerator {
    public let model: Generator
    private let context: KernelContext
    private let session: RecurrentSession
    /// Of the condition; of each step.
    private let conditionTape: Tape
    private let stepTape: Tape

    /// - Parameters:
    ///   - model: packed for the context's instruction set, as a loaded model is.
    ///   - context: which kernels run on how many threads.
    public init(_ model: Generator, _ context: KernelContext) {
        self.model = model
        self.context = context
        session = RecurrentSession(model.recurrent, context)
        conditionTape = Tape(inference: context)
        stepTape = Tape(inference: context)
    }

    /// Writes a sequence to its end.
    ///
    /// - Parameters:
    ///   - prompt: how it begins; it is not part of what `onText` is given.
    ///   - length: the most new tokens; a sequence that has not ended by then is cut.
    ///   - options: how tokens are drawn.
    ///   - seed: of the random numbers; the same one gives the same sequence.
    ///   - sequence: which of the independent sequences of that seed this is, from 0.
    ///   - onText: called with each piece of new text. What it throws ends the sequence.
    /// - Throws: `badData` for a prompt that cannot be tokens or a model that computes no numbers;
    ///   what `onText` throws.
    @discardableResult
    public func generate(
        _ condition: GeneratorCondition, prompt: String = "", length: Int,
        options: SamplingOptions = .standard, seed: UInt64, sequence: Int = 0,
        onText: (String) throws -> Void
    ) throws -> GeneratedText {
        guard length >= 0 else {
            throw SeqNetError(.usage, "--length \(length): give a number of tokens from 0 upwards")
        }
        var detokenizer = Detokenizer(model.vocabulary, after: prompt)
        let prompt = try model.configuration.tokenizer.encode(prompt: prompt, with: model.vocabulary)
        conditionTape.reset()
        let rows = model.conditionRows([condition], conditionTape)
        session.begin(model.states(rows, conditionTape))
        var sampler = Sampler(options, model.vocabulary, seed: seed, sequence: sequence, context)
        var logits = read(model.end, rows)
        for token in prompt.ids { logits = read(token, rows) }
        var count = 0
        while count < length {
            let token = try sampler.next(logits)
            count += 1
            if token == model.end { break }
            let text = detokenizer.append(token)
            if !text.isEmpty { try onText(text) }
            logits = read(token, rows)
        }
        let rest = detokenizer.finish()
        if !rest.isEmpty { try onText(rest) }
        return GeneratedText(
            tokens: count, promptTokens: prompt.ids.count, promptUnknownCount: prompt.unknownCount)
    }

    /// Reads a token and gives the logits of the next, [vocabulary + 1], valid until the next call.
    private func read(_ token: Int32, _ condition: Tensor) -> UnsafeBufferPointer<Float> {
        stepTape.reset()
        let x = model.input([token], condition, sequences: [0], stepTape)
        let hidden = session.step(UnsafePointer(x.values))
        let logits = stepTape.tensor(rows: 1, columns: model.output.vocabulary)
        model.output.logits(
            hidden.baseAddress!, rows: 1, into: logits.values, model.output.packedWeight(context), context)
        return UnsafeBufferPointer(start: logits.values, count: logits.columns)
    }
}
