import CKernels

/// What this machine can do at most on a context's threads and instruction set, measured now.
public struct MachineLimits {
    private let context: KernelContext
    private let sink: AlignedBuffer
    private let clock = ContinuousClock()

    /// Seconds of one measurement: long against a time slice, short against a change of the clock.
    private static let burst = 0.02
    /// Measurements of which the best counts: the limit is what nothing disturbed.
    private static let bursts = 5

    public init(_ context: KernelContext) {
        self.context = context
        sink = AlignedBuffer(count: context.threads)
    }

    /// Floating-point operations a second from registers alone, 10⁹, all threads together; a
    /// fused multiply-add counts as two.
    public func gigaflops() -> Double {
        let operations = Double(sn_fma_operations(context.pointer) * context.threads)
        return rate { rounds in sn_run_fma(context.pointer, sink.floats, rounds) } * operations / 1e9
    }

    /// Instructions that a core issues in a nanosecond, of the slowest of the threads.
    ///
    /// It is not a limit but a sign of the moment, and so a median: less than at other times means
    /// that other work shares the cores, such as another virtual machine on the second hardware
    /// thread of a core. Work of many instructions then slows down, while multiply-adds from
    /// registers may stay as fast as ever.
    public func instructionsPerNanosecond() -> Double {
        let nanoseconds = (0..<Self.samples).map { _ in
            clock.measure {
                sn_run_instructions(context.pointer, Self.roundsOfASample)
            }.seconds * 1e9
        }
        let instructions = Double(Self.roundsOfASample * SN_INSTRUCTIONS)
        return instructions / nanoseconds.sorted()[Self.samples / 2]
    }

    /// Samples whose median counts, of some milliseconds each.
    private static let samples = 5
    private static let roundsOfASample = 1 << 20

    /// Both, which takes some tenths of a second.
    func measured() -> MachineMoment {
        MachineMoment(
            gigaflops: gigaflops(), instructionsPerNanosecond: instructionsPerNanosecond())
    }

    /// Bytes a second that all threads together read again and again from `bytes` of memory,
    /// each thread a share of its own, 10⁹: of the cache that a share fits, else of memory.
    public func gigabytesPerSecond(reading bytes: Int) -> Double {
        let count = max(bytes / MemoryLayout<Float>.stride, 1)
        let data = AlignedBuffer(count: count)
        let passes = rate { sn_run_read(context.pointer, sink.floats, data.floats, count, $0) }
        return passes * Double(count * MemoryLayout<Float>.stride) / 1e9
    }

    /// The greatest number of units of work a second; `work` does as many as it is asked to.
    private func rate(_ work: (Int) -> Void) -> Double {
        var units = 1
        // As many as fill a burst.
        while true {
            let seconds = clock.measure { work(units) }.seconds
            if seconds >= Self.burst { break }
            units = seconds > Self.burst / 64 ? units * 2 : units * 16
        }
        let seconds = (0..<Self.bursts).map { _ in clock.measure { work(units) }.seconds }
        return Double(units) / seconds.min()!
    }
}
