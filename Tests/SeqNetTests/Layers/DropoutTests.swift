import TestSupport
import Testing

@testable import SeqNet

struct DropoutTests {
    private let context: KernelContext
    private let values = [Float](repeating: 2, count: 10_000)

    init() throws { context = try KernelContext(threads: 1) }

    private func dropped(_ tape: Tape, rate: Float = 0.25) -> [Float] {
        Dropout(rate: rate)(tape.tensor(values, columns: 100), tape).array
    }

    @Test func inferenceLeavesValuesAsTheyAre() {
        let tape = Tape(inference: context)
        let input = tape.tensor(values, columns: 100)
        #expect(Dropout(rate: 0.9)(input, tape).values == input.values)
    }

    @Test func keepsAndScalesTheRightShare() {
        let output = dropped(Tape(training: ParameterBlock(), context))
        let scaled: Float = 2 / (1 - 0.25)
        #expect(output.allSatisfy { $0 == 0 || abs($0 - scaled) < 1e-6 })
        // The standard deviation of the share is 0.0043; the seed is fixed.
        #expect(abs(Double(output.filter { $0 == 0 }.count) / 10_000 - 0.25) < 0.02)
    }

    @Test func masksDependOnSeedStepAndPlaceAlone() {
        func masks(seed: UInt64, step: Int) -> (first: [Float], second: [Float]) {
            let tape = Tape(training: ParameterBlock(), context, seed: seed)
            tape.reset(step: step)
            return (dropped(tape), dropped(tape))
        }
        let (first, second) = masks(seed: 1, step: 5)
        expectSameBits(masks(seed: 1, step: 5).first, first, "the same step again")
        expectSameBits(masks(seed: 1, step: 5).second, second, "the same step again")
        #expect(first != second, "each use draws anew")
        #expect(masks(seed: 1, step: 6).first != first)
        #expect(masks(seed: 2, step: 5).first != first)
    }

    @Test func gradientsPassWhereValuesDid() {
        let tape = Tape(training: ParameterBlock(), context)
        let input = tape.tensor(values, columns: 100)
        let output = Dropout(rate: 0.5)(input, tape)
        output.gradient!.update(repeating: 3, count: output.count)
        tape.backward()
        #expect(output.array.contains(0) && output.array.contains(4))
        #expect((0..<output.count).allSatisfy { input.gradient![$0] == (output.values[$0] == 0 ? 0 : 6) })
    }

    @Test func aRateOfZeroDoesNothing() {
        let tape = Tape(training: ParameterBlock(), context)
        let input = tape.tensor(values, columns: 100)
        #expect(Dropout(rate: 0)(input, tape).values == input.values)
    }
}
