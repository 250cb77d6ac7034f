import TestSupport
import Testing

@testable import SeqNet

struct ParameterBlockTests {
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 1) }

    private func block(extra: Bool = false) -> ParameterBlock {
        let block = ParameterBlock()
        _ = block.add("a", [3, 5], .uniform(bound: 0.25))
        _ = block.add("b", [7], .zeros)
        if extra { _ = block.add("c", [100, 100], .uniform(bound: 1)) }
        return block
    }

    @Test func parametersLieApartOnCacheLines() {
        let block = block(extra: true)
        #expect(block.parameters.map(\.name) == ["a", "b", "c"])
        #expect(block.parameters.map(\.count) == [15, 7, 10_000])
        #expect(block.parameters.map(\.offset) == [0, 16, 32])
        #expect(block.count == 10_022)
        #expect(block.floats == 10_032)
        for parameter in block.parameters {
            #expect(Int(bitPattern: parameter.values) % AlignedBuffer.alignment == 0)
        }
    }

    @Test func initialValuesFollowTheirInitializers() {
        let block = block(extra: true)
        block.parameters[1].buffer.update(repeating: 9)
        block.initialize(seed: 1, context)
        let (a, b, c) = (block.parameters[0].buffer, block.parameters[1].buffer, block.parameters[2].buffer)
        #expect(a.allSatisfy { -0.25 <= $0 && $0 < 0.25 } && Set(a).count == 15)
        #expect(b.allSatisfy { $0 == 0 })
        #expect(c.allSatisfy { -1 <= $0 && $0 < 1 })
        // Of 10,000 uniform values in [-1, 1), mean 0 ± 0.0058 and mean square 1/3 ± 0.003.
        #expect(abs(c.reduce(0, +) / 10_000) < 0.02)
        #expect(abs(c.reduce(0) { $0 + $1 * $1 } / 10_000 - 1.0 / 3) < 0.01)
    }

    @Test func initialValuesDependOnSeedAndPlaceAlone() {
        let (one, same, other, longer) = (block(), block(), block(), block(extra: true))
        for (block, seed) in [(one, 1), (same, 1), (other, 2), (longer, 1)] {
            block.initialize(seed: UInt64(seed), context)
        }
        func first(_ block: ParameterBlock) -> [Float] { Array(block.parameters[0].buffer) }
        expectSameBits(first(same), first(one), "the same seed")
        expectSameBits(first(longer), first(one), "with more parameters behind")
        #expect(first(other) != first(one))
    }

    @Test func paddingStaysZero() {
        let block = block()
        block.initialize(seed: 1, context)
        #expect(block.values[15] == 0)
        #expect((23..<32).allSatisfy { block.values[$0] == 0 })
    }
}
