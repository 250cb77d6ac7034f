import CKernels
import Testing

@Suite struct FillTests {
    @Test(arguments: [0, 1, 63, 64, 1000, 100_003])
    func everyElementIsFilled(count: Int) {
        for threads in [1, 2, 3] {
            var context = InstructionSet.available[0].context(threads: threads)
            let floats = AlignedFloats(count: count)
            sn_fill(&context, floats.pointer, 2.5, count)
            #expect(floats.values.allSatisfy { $0 == 2.5 }, "\(count), \(threads) threads")
        }
    }
}
