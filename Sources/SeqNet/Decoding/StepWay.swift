/// A way to take a step: the bits are the same, the time is not.
struct StepWay {
    /// Multiply-adds of a layer that outweigh waking a thread.
    let worthAThread: Int
    /// Whether every other step goes through the weights from their end, which the cache still holds.
    let alternates: Bool

    /// What outweighs waking a thread where that is quick, and where it is not.
    static let quickThread = 1 << 16, slowThread = 1 << 19

    /// Those that may differ for these layers on this machine.
    static func all(
        _ stack: RecurrentStack, sequences: Int, _ context: KernelContext
    ) -> [StepWay] {
        let weights = stack.layers.map { $0.cell.gates * $0.hiddenSize * ($0.inputSize + $0.hiddenSize) }
        let multiplyAdds = sequences * weights.max()!
        let threadsDiffer =
            context.threads > 1 && multiplyAdds >= quickThread
            && 1 + multiplyAdds / slowThread < context.threads
        // As in recurrent_forward.c. Weights in bf16 have half of these bytes; of some sizes both ways
        // are then the same.
        let bytes = MemoryLayout<Float>.size * weights.max()!
        let orderMatters = bytes >= context.pointer.pointee.l2_bytes / 4 * 3
        return (threadsDiffer ? [quickThread, slowThread] : [quickThread]).flatMap { worth in
            (orderMatters ? [true, false] : [true]).map {
                StepWay(worthAThread: worth, alternates: $0)
            }
        }
    }
}
