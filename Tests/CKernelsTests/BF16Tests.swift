import CKernels
import TestSupport
import Testing

/// Weights kept as bf16: products with them have the bits of products with rounded floats.
@Suite struct BF16Tests {
    private func rounded(_ values: [Float]) -> [Float] {
        var result = values
        sn_round_bf16(&result, values, values.count)
        return result
    }

    /// The neighbour of `value` with 16 zero bits that is nearer, the one with an even last bit
    /// when both are as near. A step above the greatest finite one stands for infinity.
    private func nearest(_ value: Float) -> Float {
        if !value.isFinite { return value }
        let below = value.bitPattern & 0xFFFF_0000
        let above = below + 0x1_0000
        func number(_ bits: UInt32) -> Double {
            bits & 0x7FFF_FFFF == 0x7F80_0000
                ? (bits >> 31 == 0 ? 0x1p128 : -0x1p128) : Double(Float(bitPattern: bits))
        }
        let down = abs(Double(value) - number(below))
        let up = abs(number(above) - Double(value))
        let isBelow = down == up ? below >> 16 & 1 == 0 : down < up
        return Float(bitPattern: isBelow ? below : above)
    }

    @Test func roundsToTheNearest() {
        var random = SeededRandom(1)
        var values: [Float] = (0..<20_000).map { _ in
            Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
        }
        .filter { !$0.isNaN }
        // Ties, their neighbours and what lies about each end of the range.
        for high: UInt32 in [0, 1, 0x007F, 0x0080, 0x3F80, 0x3F81, 0x7F7E, 0x7F7F, 0x7F80] {
            for low: UInt32 in [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF] where high < 0x7F80 || low == 0 {
                values += [0, 0x8000_0000].map { Float(bitPattern: $0 | high << 16 | low) }
            }
        }
        let expected = values.map(nearest)
        expectSameBits(rounded(values), expected, "rounded")
        expectSameBits(rounded(expected), expected, "rounded twice")
        values.withUnsafeMutableBufferPointer {
            sn_round_bf16($0.baseAddress, $0.baseAddress, $0.count)
        }
        expectSameBits(values, expected, "in place")
    }

    @Test func roundsTiesToEvenAndTheGreatestToInfinity() {
        expectSameBits(
            rounded([1 + 0x1p-8, 1 + 0x3p-8, -0.0, .greatestFiniteMagnitude, -.infinity]),
            [1, 1 + 0x4p-8, -0.0, .infinity, -.infinity], "rounded")
    }

    /// A NaN whose digits are all in the lower half does not become infinite.
    @Test func nanStaysNaN() {
        for bits: UInt32 in [0x7F80_0001, 0xFF80_0001, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FC0_0000] {
            let value = rounded([Float(bitPattern: bits)])[0]
            #expect(value.isNaN)
            #expect(value.bitPattern >> 31 == bits >> 31)
            #expect(value.bitPattern & 0xFFFF == 0)
        }
    }

    @Test(arguments: InstructionSet.available, [[0], [0, 1], [2, 0, 1], [3, 1, 2, 0]])
    func productsEqualThoseOfRoundedWeights(set: InstructionSet, gateRows: [Int]) {
        var context = set.context(threads: 2)
        for (index, columns) in set.sizes.enumerated() {
            for inner in [0, 1, 2, 3, 17, 63, 64, 65, 131] {
                for m in [1, 2, 3, 4 + index, 13, 20] {
                    var problem = GemmProblem(
                        m: m, inner: inner, columns: columns, gateRows: gateRows, seed: 1)
                    let actual = problem.run(&context, bias: problem.bias, element: SN_BF16)
                    problem.weights = rounded(problem.weights)
                    expectSameBits(
                        actual, problem.run(&context, bias: problem.bias),
                        "m \(m), columns \(columns), inner \(inner)")
                }
            }
        }
    }

    /// Longer than the blocks that the kernel may cut k into.
    @Test(arguments: InstructionSet.available, [1023, 1024, 1025, 2500])
    func longProductsEqualThoseOfRoundedWeights(set: InstructionSet, inner: Int) {
        var context = set.context(threads: 2)
        var problem = GemmProblem(m: 3, inner: inner, columns: 5 * set.lanes + 1, seed: 2)
        let actual = problem.run(&context, element: SN_BF16)
        problem.weights = rounded(problem.weights)
        expectSameBits(actual, problem.run(&context), "inner \(inner)")
    }

    @Test(arguments: InstructionSet.available)
    func transposedWeightsPackToTheSamePanels(set: InstructionSet) {
        var context = set.context(threads: 2)
        for columns in set.sizes {
            for inner in [1, 64, 129] {
                let problem = GemmProblem(m: 1, inner: inner, columns: columns, seed: 3)
                let transposed = (0..<inner).flatMap { k in
                    (0..<columns).map { problem.weights[$0 * inner + k] }
                }
                let byRows = PackedMatrix(
                    &context, weights: problem.weights, inner: inner, columns: columns,
                    element: SN_BF16)
                let byColumns = PackedMatrix(
                    &context, weights: transposed, inner: inner, columns: columns,
                    transposed: true, element: SN_BF16)
                expectSameBits(
                    byColumns.values, byRows.values, "columns \(columns), inner \(inner)")
            }
        }
    }

    @Test(arguments: InstructionSet.available)
    func panelsTakeHalfTheMemory(set: InstructionSet) {
        var context = set.context()
        for gates in 1...4 {
            for columns in set.sizes {
                var floats = sn_panels_make(&context, 64, columns, gates, SN_F32)
                var halves = sn_panels_make(&context, 64, columns, gates, SN_BF16)
                var odd = sn_panels_make(&context, 63, columns, gates, SN_BF16)
                let count = sn_panels_floats(&context, &halves)
                #expect(2 * count == sn_panels_floats(&context, &floats))
                #expect(count == sn_panels_floats(&context, &odd))
            }
        }
    }

    /// Odd sizes, ragged batches in both directions of 1 to 20 rows, and sizes that threads share.
    static let shapes: [(input: Int, hidden: Int, batch: PackedLayoutCase)] = [
        (1, 1, PackedLayoutCase(lengths: [3])),
        (7, 15, PackedLayoutCase(lengths: [4, 3], reversed: true)),
        (16, 17, PackedLayoutCase(lengths: [5, 5, 4, 4, 2, 2, 1], resets: [(0, 4), (1, 2)])),
        (19, 67, PackedLayoutCase(lengths: (0..<20).map { 6 - $0 / 4 }, reversed: true)),
        (64, 33, PackedLayoutCase(lengths: [Int](repeating: 3, count: 12))),
        (131, 200, PackedLayoutCase(lengths: [9])),
        (35, 200, PackedLayoutCase(lengths: [5, 4, 2], resets: [(1, 2)])),
    ]

    @Test(arguments: InstructionSet.available, Cell.allCases)
    func layersEqualThoseOfRoundedWeights(set: InstructionSet, cell: Cell) {
        for shape in Self.shapes {
            let layout = shape.batch.layout()
            let problem = RecurrentProblem(
                cell: cell, inputSize: shape.input, hiddenSize: shape.hidden, layout: layout,
                seed: 4)
            let layer = KernelLayer(problem)
            var roundedLayer = layer
            roundedLayer.weightIH = rounded(layer.weightIH)
            roundedLayer.weightHH = rounded(layer.weightHH)
            let expected = roundedLayer.forward(set.context(), layout)
            for threads in InstructionSet.threadCounts {
                let panels = RecurrentPanels(
                    set.context(threads: threads), layer, element: SN_BF16, backward: false)
                let output = layer.forward(panels, layout)
                for (part, other) in zip(output.parts, expected.parts) {
                    expectSameBits(
                        part.values, other.values,
                        "\(part.name), hidden \(shape.hidden), \(layout), \(threads) threads")
                }
            }
        }
    }

    /// One row, and every number of rows that makes other tiles.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func everyBatchEqualsThatOfRoundedWeights(set: InstructionSet, cell: Cell) {
        for rows in 1...20 {
            let layout = PackedLayout(lengths: [Int](repeating: 2, count: rows))
            let problem = RecurrentProblem(
                cell: cell, inputSize: 13, hiddenSize: 4 * set.lanes + 3, layout: layout, seed: 5)
            let layer = KernelLayer(problem)
            var roundedLayer = layer
            roundedLayer.weightIH = rounded(layer.weightIH)
            roundedLayer.weightHH = rounded(layer.weightHH)
            let panels = RecurrentPanels(
                set.context(), layer, element: SN_BF16, backward: false)
            let output = layer.forward(panels, layout)
            let expected = roundedLayer.forward(set.context(), layout)
            for (part, other) in zip(output.parts, expected.parts) {
                expectSameBits(part.values, other.values, "\(part.name), \(rows) rows")
            }
        }
    }
}
