import CKernels

/// A row of a table for each token: the product of its one-hot vector and the table.
public final class Embedding: Sendable {
    /// [vocabulary, size].
    public let weight: Parameter
    public let size: Int

    public init(
        vocabulary: Int, size: Int, initializer: Initializer, name: String = "embedding.weight",
        in block: ParameterBlock
    ) {
        self.size = size
        weight = block.add(name, [vocabulary, size], initializer)
    }

    /// - Parameter tokens: ids in 0 ..< vocabulary.
    /// - Returns: [tokens, size].
    public func callAsFunction(_ tokens: [Int32], _ tape: Tape) -> Tensor {
        precondition(tokens.allSatisfy { $0 >= 0 && $0 < weight.shape[0] }, "ids of the vocabulary")
        let output = tape.tensor(rows: tokens.count, columns: size)
        sn_embedding_forward(
            tape.context.pointer, output.values, weight.values, tokens, tokens.count, size)
        tape.record { [self] in
            sn_embedding_backward(
                tape.context.pointer, tape.gradient(of: weight), output.gradient, tokens,
                tokens.count, size)
        }
        return output
    }

    /// The row of a token, [size]. Precondition: it is in 0 ..< vocabulary.
    func vector(of token: Int32) -> UnsafePointer<Float> {
        precondition(token >= 0 && token < weight.shape[0], "an id of the vocabulary")
        return UnsafePointer(weight.values + Int(token) * size)
    }
}
