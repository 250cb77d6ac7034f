import CKernels

/// A text that a language model reads token by token, with the model's view of what comes
/// next.
///
/// Any number of sessions, each on one thread at a time, may share a model: each has its own
/// state and workspace. A token takes the same work however many came before it, allocates
/// nothing, and gives the same bits as it would in a longer pass.
///
/// ```swift
/// let session = LanguageModelSession(model, context)
/// let first = session.logits          // of the first token of a text
/// let next = session.advance(first.indices.max { first[$0] < first[$1] }!)
/// ```
public final class LanguageModelSession {
    public let model: LanguageModel
    private let context: KernelContext
    private let recurrent: RecurrentSession
    private var outputWeight: UnsafePointer<sn_panels>
    private let logitsBuffer: AlignedBuffer
    /// The top layer's hidden state after the last token.
    private var top: UnsafePointer<Float>
    /// Whether the logits are those of `top`.
    private var hasLogits = false
    /// For many tokens at once.
    private let tape: Tape
    /// Tokens of one pass where many are read at once: the products are full, memory stays small.
    private static let mostSteps = 256

    /// Begins a text.
    ///
    /// - Parameters:
    ///   - model: packed for the context's instruction set, as a loaded model is.
    ///   - context: which kernels run on how many threads.
    public init(_ model: LanguageModel, _ context: KernelContext) {
        self.model = model
        self.context = context
        recurrent = RecurrentSession(model.recurrent, context)
        outputWeight = model.output.packedWeight(context)
        logitsBuffer = AlignedBuffer(count: model.vocabulary.count)
        tape = Tape(inference: context)
        top = recurrent.step(model.embedding.vector(of: model.vocabulary.lineEnd)).baseAddress!
    }

    /// Begins a text anew: the states are zero, and the line end before the text is read.
    public func reset() {
        recurrent.reset()
        read(model.vocabulary.lineEnd)
    }

    /// Reads a token. Cheaper than `advance`, for the output layer does not run.
    ///
    /// - Precondition: `token` is in 0 … V-1.
    public func read(_ token: Int32) {
        hasLogits = false
        top = recurrent.step(model.embedding.vector(of: token)).baseAddress!
    }

    /// Reads tokens one after another, many in a pass: the same bits as `read` for each, sooner.
    ///
    /// - Precondition: each token is in 0 … V-1.
    public func read(_ tokens: [Int32]) {
        var rest = tokens[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.mostSteps))
            rest = rest.dropFirst(part.count)
            tape.reset()
            hasLogits = false
            let steps = PackedBatch(sequences: 1, steps: part.count)
            let (_, passes) = model.hidden(part, steps, initial: recurrent.state.layers(), tape)
            recurrent.state.update(from: passes)
            top = UnsafePointer(passes.last!.final.hidden.values)
        }
    }

    /// The logits [V] of the token that comes next: their softmax is its distribution.
    /// Valid until the next token is read, while the caller keeps the session.
    public var logits: UnsafeBufferPointer<Float> {
        if !hasLogits {
            // Training, which reads the weight as it lies, releases the panels.
            if outputWeight.pointee.data == nil { outputWeight = model.output.packedWeight(context) }
            model.output.logits(top, rows: 1, into: logitsBuffer.floats, outputWeight, context)
            hasLogits = true
        }
        return UnsafeBufferPointer(logitsBuffer.buffer)
    }

    /// Reads a token and gives the logits [V] of the one after it; see `logits`.
    ///
    /// - Precondition: `token` is in 0 … V-1.
    @discardableResult
    public func advance(_ token: Int32) -> UnsafeBufferPointer<Float> {
        read(token)
        return logits
    }

    /// Blocks of memory allocated so far: constant but for the first passes over many tokens.
    var allocations: Int { tape.allocations }
}
