import SeqNet

extension Random {
    /// Uniform in [-scale, scale).
    mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
        (0..<count).map { _ in (2 * uniformFloat() - 1) * scale }
    }

    /// Uniform in 0 ..< bound.
    mutating func ids(_ count: Int, below bound: Int) -> [Int32] {
        (0..<count).map { _ in Int32(integer(below: bound)) }
    }
}

extension ParameterBlock {
    /// Gives every parameter random values in [-scale, scale), the same ones every time, and
    /// packs them for gradients too.
    func fill(seed: UInt64, scale: Float = 0.5, _ context: KernelContext) {
        for (index, parameter) in parameters.enumerated() {
            var random = Random(seed: seed, stream: UInt64(index))
            _ = parameter.buffer.update(from: random.floats(parameter.count, scale: scale))
        }
        pack(context, backward: true)
    }
}
