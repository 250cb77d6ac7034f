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
}
