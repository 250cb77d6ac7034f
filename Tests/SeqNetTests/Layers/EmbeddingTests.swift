import Testing

@testable import SeqNet

struct EmbeddingTests {
    private let context: KernelContext
    private let block = ParameterBlock()
    private let embedding: Embedding

    init() throws {
        context = try KernelContext(threads: 1)
        embedding = Embedding(vocabulary: 4, size: 3, initializer: .uniform(bound: 1), in: block)
        block.fill(seed: 1, context)
    }

    @Test func picksRowsOfTheTable() {
        let tape = Tape(inference: context)
        let rows = embedding([2, 0, 2], tape).array
        let table = Array(embedding.weight.buffer)
        #expect(rows == Array(table[6..<9] + table[0..<3] + table[6..<9]))
    }

    /// The same as a one-hot vector times the table, as the course has it.
    @Test func isTheProductOfAOneHotVectorAndTheTable() {
        let tape = Tape(inference: context)
        for id in 0..<4 {
            let oneHot: [Float] = (0..<4).map { $0 == id ? 1 : 0 }
            let product = (0..<3).map { column in
                (0..<4).reduce(Float(0)) { $0 + oneHot[$1] * embedding.weight.values[$1 * 3 + column] }
            }
            #expect(embedding([Int32(id)], tape).array == product)
        }
    }

    @Test func gradientsOfATokenThatComesTwiceAdd() {
        GradientCheck(block: block, context: context).run { tape in
            tape.weightedSum(embedding([2, 0, 2, 3, 2], tape), seed: 2)
        }
        let tape = Tape(training: block, context)
        let rows = embedding([2, 0, 2], tape)
        rows.gradient!.update(repeating: 1, count: 9)
        tape.backward()
        let gradient = tape.gradient(of: embedding.weight)
        #expect((0..<12).map { gradient[$0] } == [1, 1, 1, 0, 0, 0, 2, 2, 2, 0, 0, 0])
    }
}
