/// A way to take a step: the bits are the same, the time is not.
struct StepWay {
    /// Multiply-adds of a layer that outweigh waking a thread.
    let worthAThread: Int
    /// Whether every other step goes through the weights from their end, which the cache still holds.
    let alternates: Bool

    /// What outweighs waking a thread where that is quick, as usual, and slow.
    static let worths = [1 << 16, 1 << 18, 1 << 20]

    /// Those that may differ for these layers on this machine.
    static func all(
        _ stack: RecurrentStack, sequences: Int, _ context: KernelContext
    ) -> [StepWay] {
        let weights = stack.layers.map { $0.cell.gates * $0.hiddenSize * ($0.inputSize + $0.hiddenSize) }
        var threads: Set<Int> = []
        let differing = worths.filter {
            threads.insert(min(context.threads, 1 + sequences * weights.max()! / $0)).inserted
        }
        // As in recurrent_forward.c. Weights in bf16 have half of these bytes; of some sizes both ways
        // are then the same.
        let bytes = MemoryLayout<Float>.size * weights.max()!
        let orderMatters = bytes >= context.pointer.pointee.l2_bytes / 4 * 3
        return differing.flatMap { worth in
            (orderMatters ? [true, false] : [true]).map {
                StepWay(worthAThread: worth, alternates: $0)
            }
        }
    }
}
