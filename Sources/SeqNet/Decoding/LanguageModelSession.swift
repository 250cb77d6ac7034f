/// A text that a language model reads token by token, with the model's view of what comes
/// next.
///
/// Any number of sessions, each on one thread at a time, may share a model: each has its own
/// state and workspace. A token takes the same work however many came before it, and gives
/// the same bits as it would in a longer pass.
///
/// ```swift
/// let session = LanguageModelSession(model, context)
/// let first = session.logits          // of the first token of a text
/// let next = session.advance(first.indices.max { first[$0] < first[$1] }!)
/// ```
public final class LanguageModelSession {
    public let model: LanguageModel
    private let tape: Tape
    private let state: CarriedState
    private let batch = PackedBatch(sequences: 1, steps: 1)
    /// Tokens of one pass where many are read at once: the products are full, memory stays small.
    private static let mostSteps = 256
    /// The token of the current step; kept, so that a step makes no array of its own.
    private var tokens: [Int32] = [0]
    private var top: Tensor
    private var currentLogits: UnsafeBufferPointer<Float>?

    /// Begins a text.
    ///
    /// - Parameters:
    ///   - model: packed for the context's instruction set, as a loaded model is.
    ///   - context: which kernels run on how many threads.
    public init(_ model: LanguageModel, _ context: KernelContext) {
        self.model = model
        tape = Tape(inference: context)
        state = CarriedState(model.recurrent, sequences: 1)
        top = tape.tensor(rows: 1, columns: model.recurrent.hiddenSize)
        read(model.vocabulary.lineEnd)
    }

    /// Begins a text anew: the states are zero, and the line end before the text is read.
    public func reset() {
        state.reset()
        read(model.vocabulary.lineEnd)
    }

    /// Reads a token. Cheaper than `advance`, for the output layer does not run.
    ///
    /// - Precondition: `token` is in 0 … V-1.
    public func read(_ token: Int32) {
        tape.reset()
        currentLogits = nil
        tokens[0] = token
        let (top, passes) = model.hidden(tokens, batch, initial: state.layers(), tape)
        state.update(from: passes)
        self.top = top
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
            currentLogits = nil
            let steps = PackedBatch(sequences: 1, steps: part.count)
            let (_, passes) = model.hidden(part, steps, initial: state.layers(), tape)
            state.update(from: passes)
            top = passes.last!.final.hidden
        }
    }

    /// The logits [V] of the token that comes next: their softmax is its distribution.
    /// Valid until the next token is read.
    public var logits: UnsafeBufferPointer<Float> {
        if let currentLogits { return currentLogits }
        let logits = model.output.logits(top, tape)
        let buffer = UnsafeBufferPointer(start: logits.values, count: logits.count)
        currentLogits = buffer
        return buffer
    }

    /// Reads a token and gives the logits [V] of the one after it, valid until the next
    /// token is read.
    ///
    /// - Precondition: `token` is in 0 … V-1.
    @discardableResult
    public func advance(_ token: Int32) -> UnsafeBufferPointer<Float> {
        read(token)
        return logits
    }

    /// Blocks of memory allocated so far, constant but for the first few tokens.
    var allocations: Int { tape.allocations }
}
