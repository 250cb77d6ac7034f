import CKernels
import Testing

/// The loops that meet the machine's limits: they do what they say they do.
@Suite struct LimitsTests {
    @Test(arguments: InstructionSet.available, [1, 3])
    func everyThreadRunsMultiplyAdds(set: InstructionSet, threads: Int) {
        var context = set.context(threads: threads)
        let sink = AlignedFloats(count: threads, filledWith: 0)
        sn_run_fma(&context, sink.pointer, 1)
        #expect(sink.values.allSatisfy { $0 > 0 && $0.isFinite })
        // A chain x → 0.999 x + 0.5 nears 500: the more rounds, the nearer.
        let once = sink.values[0]
        sn_run_fma(&context, sink.pointer, 100)
        #expect(sink.values.allSatisfy { $0 > once })
        #expect(abs(sink.values[0] / 12 - 500) < 1)
        #expect(sn_fma_operations(&context) == 2 * 12 * 64 * sn_context_lanes(&context))
    }

    @Test(arguments: InstructionSet.available, [1, 2])
    func everyFloatIsRead(set: InstructionSet, threads: Int) {
        var context = set.context(threads: threads)
        for count in [1, 15, 16, 127, 128, 129, 1000] {
            // A thread's sum is that of one lane and of what no whole vectors hold: a NaN shows.
            let values = AlignedFloats(count: count, filledWith: .nan)
            let sink = AlignedFloats(count: threads, filledWith: 0)
            sn_run_read(&context, sink.pointer, values.pointer, count, 2)
            #expect(sink.values.contains { $0.isNaN }, "\(count) floats")
        }
    }
}
