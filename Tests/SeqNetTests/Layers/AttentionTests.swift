import TestSupport
import Testing

@testable import SeqNet

struct AttentionTests {
    private static let kinds: [AttentionKind] = [.dot, .general, .additive]
    private static let queryLengths = [4, 2, 2], keyLengths = [5, 3, 1], sources = [1, 2, 0]
    private let context: KernelContext

    init() throws { context = try KernelContext(threads: 2) }

    private static var layout: AttentionLayout {
        AttentionLayout(
            queries: PackedBatch(lengths: queryLengths), keys: PackedBatch(lengths: keyLengths),
            sources: sources)
    }

    /// Attention with its queries and memory as parameters too.
    private struct Case {
        let block = ParameterBlock()
        let attention: Attention
        let queries: Parameter, states: Parameter

        init(_ kind: AttentionKind, _ context: KernelContext) {
            let memorySize = kind == .dot ? 6 : 9
            attention = Attention(
                kind, querySize: 6, memorySize: memorySize, prefix: "attention.", in: block)
            queries = block.add("queries", [8, 6], .zeros)
            states = block.add("states", [9, memorySize], .zeros)
            block.fill(seed: 3, scale: 1, context)
        }

        func pass(_ tape: Tape) -> AttentionPass {
            let memory = attention.memory(tape.input(states), tape)
            return attention(tape.input(queries), over: memory, AttentionTests.layout, tape)
        }
    }

    @Test func namesItsParametersByKind() {
        func names(_ kind: AttentionKind) -> [String] {
            let block = ParameterBlock()
            _ = Attention(kind, querySize: 2, memorySize: 2, prefix: "a.", in: block)
            return block.parameters.map(\.name)
        }
        #expect(names(.dot) == [])
        #expect(names(.general) == ["a.key.weight"])
        #expect(
            names(.additive) == ["a.key.weight", "a.query.weight", "a.query.bias", "a.score"])
    }

    @Test(arguments: kinds)
    func gradientsAreThoseOfDifferences(kind: AttentionKind) {
        let attended = Case(kind, context)
        GradientCheck(block: attended.block, context: context).run { tape in
            tape.weightedSum(attended.pass(tape).context, seed: 5)
        }
    }

    @Test(arguments: kinds)
    func theContextIsTheMeanOfTheSourceByItsWeights(kind: AttentionKind) {
        let attended = Case(kind, context)
        let tape = Tape(inference: context)
        let pass = attended.pass(tape)
        let queries = Self.layout.queries, keys = Self.layout.keys
        let states = tape.input(attended.states)
        for step in 0..<queries.steps {
            let first = queries.firstRow(of: step)
            for row in first..<queries.firstRow(of: step + 1) {
                let source = Self.sources[row - first]
                let weights = Array(pass.weights(of: row))
                #expect(weights.count == Self.keyLengths[source])
                #expect(abs(weights.reduce(0, +) - 1) <= 1e-6)
                let mean = (0..<states.columns).map { column in
                    weights.indices.reduce(0.0) { sum, j in
                        let state = states.rows(keys.firstRow(of: j) + source..<keys.rows).values
                        return sum + Double(weights[j]) * Double(state[column])
                    }
                }
                expectClose(
                    pass.context.rows(row..<row + 1).array, mean, within: 1e-6, "row \(row)")
            }
        }
    }

    @Test(arguments: kinds)
    func aStepAloneEqualsTheStepInASequence(kind: AttentionKind) {
        let attended = Case(kind, context)
        let tape = Tape(inference: context)
        let together = attended.pass(tape).context
        let memory = attended.attention.memory(tape.input(attended.states), tape)
        for step in 0..<Self.queryLengths[0] {
            let queries = Self.layout.queries
            let rows = queries.firstRow(of: step)..<queries.firstRow(of: step + 1)
            let layout = AttentionLayout(
                queries: PackedBatch(sequences: rows.count, steps: 1), keys: Self.layout.keys,
                sources: Array(Self.sources[..<rows.count]))
            let alone = attended.attention(
                tape.input(attended.queries).rows(rows), over: memory, layout, tape)
            expectSameBits(alone.context.array, together.rows(rows).array, "step \(step)")
        }
    }
}
