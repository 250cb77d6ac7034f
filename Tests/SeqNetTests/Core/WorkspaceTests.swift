import Testing

@testable import SeqNet

struct WorkspaceTests {
    @Test func piecesAreAlignedAndDoNotOverlap() {
        let workspace = Workspace()
        let sizes = [1, 15, 16, 17, 1000, 3]
        let pieces = sizes.map { workspace.floats($0) }
        for (index, (piece, size)) in zip(pieces, sizes).enumerated() {
            #expect(Int(bitPattern: piece) % AlignedBuffer.alignment == 0)
            piece.update(repeating: Float(index), count: size)
        }
        for (index, (piece, size)) in zip(pieces, sizes).enumerated() {
            #expect((0..<size).allSatisfy { piece[$0] == Float(index) })
        }
    }

    @Test func zerosAreZeroInUsedMemory() throws {
        let workspace = Workspace()
        workspace.floats(100).update(repeating: 7, count: 100)
        workspace.reset()
        let zeros = workspace.zeros(100, try KernelContext(threads: 1))
        #expect((0..<100).allSatisfy { zeros[$0] == 0 })
    }

    @Test func afterOneStepNothingIsAllocated() {
        let workspace = Workspace()
        func step() {
            workspace.reset()
            for size in [1 << 19, 3, 1 << 18, 1 << 20] { _ = workspace.floats(size) }
        }
        step()
        let first = workspace.allocations
        #expect(first > 1, "the first step needs several blocks")
        step()
        let second = workspace.allocations
        #expect(second == first + 1, "they become one")
        for _ in 0..<5 { step() }
        #expect(workspace.allocations == second)
    }

    @Test func memoryStaysValidWhileItGrows() {
        let workspace = Workspace()
        let early = workspace.floats(10)
        early.update(repeating: 3, count: 10)
        _ = workspace.floats(1 << 20)
        #expect((0..<10).allSatisfy { early[$0] == 3 })
    }
}
