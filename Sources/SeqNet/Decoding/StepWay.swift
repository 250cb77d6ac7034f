import CKernels

/// A way to take a step: the bits are the same, the time is not.
struct StepWay {
    /// Multiply-adds of a layer that outweigh waking a thread for them.
    let worthAThread: Int
    /// Whether every other step goes through the weights from their end, which the cache still holds.
    let alternates: Bool

    /// Multiply-adds that outweigh waking a thread where that takes some 1 µs, or 5, as
    /// SN_WORTH_A_THREAD of threading.h has it; and where none should be woken.
    private static let worths = [1 << 16, 1 << 18, Int.max]

    /// Those that differ on this machine.
    /// - Parameter runs: over one step, one a layer.
    static func all(_ runs: UnsafeBufferPointer<sn_recurrent_run>, _ context: KernelContext) -> [StepWay] {
        var tried: Set<[Int]> = []
        return worths.flatMap { worth -> [StepWay] in
            let asked = runs.map { run in
                var run = run
                run.worth_a_thread = worth
                return (
                    threads: sn_recurrent_threads(context.pointer, &run),
                    alternates: sn_recurrent_alternates(context.pointer, &run)
                )
            }
            guard tried.insert(asked.map(\.threads)).inserted else { return [] }
            return (asked.contains(where: \.alternates) ? [true, false] : [false]).map {
                StepWay(worthAThread: worth, alternates: $0)
            }
        }
    }
}
