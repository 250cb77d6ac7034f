import Testing

@testable import SeqNet

struct ConcatenationTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func putsColumnsSideBySide() {
        let tape = Tape(inference: context)
        let a = tape.tensor([1, 2, 3, 4], columns: 2)
        let b = tape.tensor([5, 6], columns: 1)
        let c = tape.tensor([7, 8, 9, 10, 11, 12], columns: 3)
        let all = tape.concatenated([a, b, c])
        #expect(all.rows == 2 && all.columns == 6)
        #expect(all.array == [1, 2, 5, 7, 8, 9, 3, 4, 6, 10, 11, 12])
    }

    @Test func oneTensorIsItself() {
        let tape = Tape(inference: context)
        let a = tape.tensor([1, 2, 3, 4], columns: 2)
        #expect(tape.concatenated([a]).values == a.values)
    }

    /// A tensor may come twice; each place adds to its gradient.
    @Test func gradientsAreSplitAndAdded() {
        let tape = Tape(training: ParameterBlock(), context)
        let a = tape.tensor([1, 2], columns: 1)
        let b = tape.tensor([3, 4, 5, 6], columns: 2)
        a.gradient!.update(repeating: 100, count: 2)
        let all = tape.concatenated([a, b, a])
        for index in 0..<8 { all.gradient![index] = Float(index) }
        tape.backward()
        #expect((0..<2).map { a.gradient![$0] } == [103, 111])
        #expect((0..<4).map { b.gradient![$0] } == [1, 2, 5, 6])
    }

    @Test func gradientsAreThoseOfDifferences() {
        let block = ParameterBlock()
        let a = block.add("a", [5, 7], .zeros), b = block.add("b", [5, 17], .zeros)
        block.fill(seed: 1, context)
        GradientCheck(block: block, context: context).run { tape in
            tape.weightedSum(tape.concatenated([tape.input(a), tape.input(b)]), seed: 2)
        }
    }
}
