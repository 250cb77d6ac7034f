import Testing

@testable import SeqNet

struct GatherTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func picksRowsInTheOrderNamed() {
        let tape = Tape(inference: context)
        let x = tape.tensor([1, 2, 3, 4, 5, 6], columns: 2)
        let picked = tape.gathered(x, rows: [2, 0, 2])
        #expect(picked.rows == 3 && picked.columns == 2)
        #expect(picked.array == [5, 6, 1, 2, 5, 6])
        #expect(tape.gathered(x, rows: []).array.isEmpty)
    }

    @Test func gradientsOfARowNamedTwiceAdd() {
        let tape = Tape(training: ParameterBlock(), context)
        let x = tape.tensor([1, 2, 3, 4, 5, 6], columns: 2)
        x.gradient!.update(repeating: 100, count: 6)
        let picked = tape.gathered(x, rows: [2, 0, 2])
        for index in 0..<6 { picked.gradient![index] = Float(index) }
        tape.backward()
        #expect((0..<6).map { x.gradient![$0] } == [102, 103, 100, 100, 104, 106])
    }

    @Test func gradientsAreThoseOfDifferences() {
        let block = ParameterBlock()
        let x = block.add("x", [5, 7], .zeros)
        block.fill(seed: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            tape.weightedSum(tape.gathered(tape.input(x), rows: [4, 1, 4, 4, 0, 2]), seed: 2)
        }
    }
}
