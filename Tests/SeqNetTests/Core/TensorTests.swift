import Testing

@testable import SeqNet

struct TensorTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    @Test func aTensorHoldsItsValuesRowByRow() {
        let tape = Tape(inference: context)
        let tensor = tape.tensor([1, 2, 3, 4, 5, 6], columns: 3)
        #expect(tensor.rows == 2 && tensor.columns == 3 && tensor.count == 6)
        #expect(tensor.array == [1, 2, 3, 4, 5, 6])
        #expect(tensor.gradient == nil)
    }

    @Test func rowsAreAViewOfValuesAndGradient() {
        let tape = Tape(training: ParameterBlock(), context)
        let tensor = tape.tensor([1, 2, 3, 4, 5, 6, 7, 8], columns: 2)
        let view = tensor.rows(1..<3)
        #expect(view.rows == 2 && view.columns == 2)
        #expect(view.array == [3, 4, 5, 6])
        view.values[0] = 30
        view.gradient![3] = 7
        #expect(tensor.array == [1, 2, 30, 4, 5, 6, 7, 8])
        #expect((0..<8).map { tensor.gradient![$0] } == [0, 0, 0, 0, 0, 7, 0, 0])
        #expect(tensor.rows(2..<2).array == [])
    }

    /// A tensor of a tape whose memory has been used.
    private func recorded(rows: Int, columns: Int) -> Tensor {
        let tape = Tape(training: ParameterBlock(), context)
        for value: Float in [1, 2] {
            let used = tape.tensor([Float](repeating: value, count: rows * columns), columns: columns)
            used.gradient!.update(repeating: value, count: used.count)
            tape.reset()
        }
        return tape.tensor(rows: rows, columns: columns)
    }

    @Test func aGradientToWhichNothingWasAddedIsZeros() {
        let tensor = recorded(rows: 2, columns: 2)
        #expect(tensor.heldGradient == nil)
        #expect((0..<4).map { tensor.gradient![$0] } == [0, 0, 0, 0])
        #expect(tensor.heldGradient == tensor.gradient)
    }

    @Test func theFirstToGatherAGradientFindsItEmpty() {
        let tensor = recorded(rows: 2, columns: 2)
        let first = tensor.gradientTarget()!
        #expect(first.isEmpty)
        first.values.update(from: [1, 2, 3, 4], count: 4)
        let second = tensor.gradientTarget()!
        #expect(second.values == first.values && !second.isEmpty)
        #expect((0..<4).map { tensor.gradient![$0] } == [1, 2, 3, 4])
    }

    @Test func aViewGathersAmongZeros() {
        let tensor = recorded(rows: 2, columns: 2)
        let view = tensor.rows(1..<2).gradientTarget()!
        #expect(!view.isEmpty)
        #expect((0..<4).map { tensor.gradient![$0] } == [0, 0, 0, 0])
        #expect(view.values == tensor.gradient! + 2)
    }

    @Test func nothingIsGatheredWithoutARecord() {
        let tensor = Tape(inference: context).tensor(rows: 1, columns: 2)
        #expect(!tensor.hasGradient && tensor.gradientTarget() == nil)
        #expect(tensor.heldGradient == nil)
    }
}
