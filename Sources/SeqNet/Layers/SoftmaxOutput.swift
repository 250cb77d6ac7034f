import CKernels

/// The output layer of a classifier over a vocabulary: logits h·Wᵀ + b, their softmax, and its
/// cross-entropy, computed without ever holding the logits of all rows.
///
/// W [vocabulary, inputSize] is its own, or tied to an embedding (Press & Wolf 2017).
public final class SoftmaxOutput: Sendable {
    public let weight: Parameter
    /// [vocabulary].
    public let bias: Parameter
    private let packed: PackedMatrix

    public var vocabulary: Int { weight.shape[0] }
    public var inputSize: Int { weight.shape[1] }

    /// An output with a weight of its own, uniform in ±1/√inputSize at first, as in PyTorch.
    public init(inputSize: Int, vocabulary: Int, prefix: String = "output.", in block: ParameterBlock) {
        let initial = Initializer.uniform(bound: 1 / Float(inputSize).squareRoot())
        weight = block.add("\(prefix)weight", [vocabulary, inputSize], initial)
        bias = block.add("\(prefix)bias", [vocabulary], initial)
        packed = PackedMatrix(weight, for: .inference)
        block.register(packed)
    }

    /// An output whose weight is that of `embedding`. The bias begins at zero.
    public init(tiedTo embedding: Embedding, prefix: String = "output.", in block: ParameterBlock) {
        weight = embedding.weight
        bias = block.add("\(prefix)bias", [embedding.weight.shape[0]], .zeros)
        packed = PackedMatrix(weight, for: .inference)
        block.register(packed)
    }

    /// - Parameter input: [rows, inputSize].
    /// - Returns: logits [rows, vocabulary]. Their gradient goes nowhere: training uses `loss`.
    public func logits(_ input: Tensor, _ tape: Tape) -> Tensor {
        precondition(input.columns == inputSize, "shape of the input")
        precondition(!tape.isRecording, "train with loss(_:targets:_:), which needs no logits")
        let output = tape.tensor(rows: input.rows, columns: vocabulary)
        logits(
            input.values, rows: input.rows, into: output.values, packedWeight(tape.context),
            tape.context)
        return output
    }

    /// The logarithms of the probabilities, [rows, vocabulary]; only without recording.
    /// - Parameter input: [rows, inputSize].
    public func logProbabilities(_ input: Tensor, _ tape: Tape) -> Tensor {
        let logits = logits(input, tape)
        sn_log_softmax(tape.context.pointer, logits.values, logits.values, logits.rows, vocabulary)
        return logits
    }

    /// The weight as `logits(_:rows:into:_:_:)` reads it, packed now if training left that out.
    func packedWeight(_ context: KernelContext) -> UnsafePointer<sn_panels> {
        packed.forward(context)
    }

    /// Logits [rows, vocabulary] of inputs [rows, inputSize].
    func logits(
        _ input: UnsafePointer<Float>, rows: Int, into logits: UnsafeMutablePointer<Float>,
        _ weight: UnsafePointer<sn_panels>, _ context: KernelContext
    ) {
        let h = sn_rows(base: input, stride: inputSize, table: nil)
        sn_gemm_packed(context.pointer, logits, vocabulary, h, weight, bias.values, false, rows)
    }

    /// The cross-entropy of each row's target.
    ///
    /// When the tape records, the gradient of the sum divided by `count` is left at once, for
    /// the same pass over the vocabulary gives it.
    /// - Parameters:
    ///   - input: [rows, inputSize].
    ///   - targets: an id of the vocabulary for each row.
    ///   - weights: what each row's loss is multiplied by, such as the weight of its target's
    ///     class; finite, nil means 1.
    ///   - count: what the sum is divided by for the gradient; nil means the rows. PyTorch's
    ///     `cross_entropy(weight:)` divides by the sum of the weights.
    /// - Returns: the loss of each row in nats, times its weight.
    public func loss(
        _ input: Tensor, targets: [Int32], weights: [Float]? = nil, count: Float? = nil,
        _ tape: Tape
    ) -> Loss {
        let rows = input.rows, context = tape.context.pointer
        precondition(input.columns == inputSize && targets.count == rows, "a target for each row")
        precondition(weights == nil || weights!.count == rows, "a weight for each row")
        precondition(targets.allSatisfy { $0 >= 0 && $0 < vocabulary }, "ids of the vocabulary")
        precondition(
            !tape.isRecording || input.hasGradient, "the input is of a tape that records nothing")
        let losses = tape.workspace.floats(rows)
        let workspace = tape.workspace.floats(
            sn_softmax_floats(context, rows, inputSize, vocabulary, tape.isRecording))
        let gradient = tape.isRecording ? tape.gradientTarget(of: weight) : nil
        sn_softmax_loss(
            context, losses, input.gradient, gradient?.values,
            tape.isRecording ? tape.gradient(of: bias) : nil, input.values, weight.values,
            bias.values, targets, weights, 1 / (count ?? Float(rows)), gradient?.isEmpty ?? false,
            workspace, rows, inputSize, vocabulary)
        return Loss(rows: UnsafeBufferPointer(start: losses, count: rows))
    }
}
