import CKernels
import Testing

@Suite struct ContextTests {
    @Test func threadsAreBuiltIn() {
        #expect(sn_threads_built_in())
    }

    @Test func theGenericInstructionSetIsAlwaysThere() {
        #expect(InstructionSet.available.contains { $0.name == "generic" })
    }

    @Test(arguments: InstructionSet.available)
    func aContextNamesItsInstructionSet(set: InstructionSet) {
        var context = set.context(threads: 3)
        #expect(String(cString: sn_context_isa_name(&context)) == set.name)
        #expect([4, 8, 16].contains(sn_context_lanes(&context)))
        #expect(context.threads == 3)
    }

    @Test func withoutANameTheWidestIsTaken() {
        var context = sn_context()
        #expect(sn_context_make(&context, nil, 1))
        #expect(sn_context_lanes(&context) == InstructionSet.available.map(\.lanes).max())
    }

    @Test func anUnknownNameLeavesTheContextAlone() {
        var context = InstructionSet.available[0].context(threads: 3)
        #expect(!sn_context_make(&context, "avx1024", 2))
        #expect(context.threads == 3)
        #expect(String(cString: sn_context_isa_name(&context)) == "generic")
    }

    /// Kernels flush denormals to zero on their threads; the caller's arithmetic is its own.
    @Test(arguments: InstructionSet.available, InstructionSet.threadCounts)
    func theCallersDenormalsSurviveAKernel(set: InstructionSet, threads: Int) {
        var context = set.context(threads: threads)
        let values = AlignedFloats(count: 100_000, filledWith: .leastNormalMagnitude)
        let halves = AlignedFloats(count: values.count, filledWith: 0)
        sn_dropout_backward(&context, halves.pointer, values.pointer, 0.5, 1, 1, values.count)
        let half = values.pointer[0] * 0.5
        #expect(half.isSubnormal && half + half == .leastNormalMagnitude)
    }

    /// Denormal inputs and results are zero on every thread, or the bits would differ.
    @Test(arguments: InstructionSet.available, InstructionSet.threadCounts)
    func denormalsAreFlushedOnEveryThread(set: InstructionSet, threads: Int) {
        var context = set.context(threads: threads)
        let count = 200_003
        let denormal = Float.leastNormalMagnitude / 2
        let inputs = AlignedFloats(count: count, filledWith: denormal)
        let outputs = AlignedFloats(count: count)
        // A tenth is kept, ten times as large: normal numbers, were the inputs not zero.
        sn_dropout_forward(&context, outputs.pointer, inputs.pointer, 0.9, 1, 1, count)
        #expect(outputs.values.allSatisfy { $0 == 0 })
        let sums = AlignedFloats(count: count, filledWith: .leastNormalMagnitude)
        let terms = AlignedFloats(count: count, filledWith: -1.5 * .leastNormalMagnitude)
        sn_add(&context, sums.pointer, terms.pointer, count)
        #expect(sums.values.allSatisfy { $0 == 0 })
    }
}
