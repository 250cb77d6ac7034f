/// A way to take a step: the bits are the same, the time is not.
struct StepWay {
    /// Multiply-adds of a layer that outweigh waking a thread for them.
    let worthAThread: Int
    /// Whether every other step goes through the weights from their end, which the cache still holds.
    let alternates: Bool

    /// Multiply-adds that outweigh waking a thread where that takes some 1 µs, or 5, as
    /// SN_WORTH_A_THREAD of threading.h has it; and where none should be woken.
    static let worths = [1 << 16, 1 << 18, Int.max]
    /// Sequences up to which the kernels alternate, SN_ROWS_OF_PANELS of recurrent_plan.h.
    private static let mostAlternating = 3

    /// Those that may differ for these layers on this machine.
    static func all(_ stack: RecurrentStack, sequences: Int, _ context: KernelContext) -> [StepWay] {
        let weights = stack.layers.map {
            $0.cell.gates * $0.hiddenSize * ($0.inputSize + $0.hiddenSize)
        }
        var tried: Set<[Int]> = []
        return worths.flatMap { worth -> [StepWay] in
            let threads = weights.map { min(context.threads, 1 + sequences * $0 / worth) }
            guard tried.insert(threads).inserted else { return [] }
            // As recurrent_forward.c has it, for float32: of bf16, with half of the bytes, both orders
            // of some sizes are the same.
            let l2Bytes = context.pointer.pointee.l2_bytes
            let alternates =
                sequences <= mostAlternating && stack.cell.gates > 1
                && zip(weights, threads).contains {
                    MemoryLayout<Float>.size * $0 >= $1 * l2Bytes / 4 * 3
                }
            return (alternates ? [true, false] : [false]).map {
                StepWay(worthAThread: worth, alternates: $0)
            }
        }
    }
}
