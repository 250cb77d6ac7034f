import CKernels
import TestSupport
import Testing

/// What must not change a single bit of a recurrent layer's results.
@Suite struct RecurrentInvarianceTests {
    private func layer(
        _ cell: Cell, inputSize: Int = 19, hiddenSize: Int, _ layout: PackedLayout
    ) -> KernelLayer {
        KernelLayer(
            RecurrentProblem(
                cell: cell, inputSize: inputSize, hiddenSize: hiddenSize, layout: layout, seed: 2))
    }

    /// Wide and narrow, with batches that are shared by rows and by units.
    static let shapes = [
        (lengths: [Int](repeating: 6, count: 40), hidden: 67),
        (lengths: (0..<40).map { 9 - $0 / 5 }, hidden: 67),
        (lengths: [9, 9, 4], hidden: 131),
        (lengths: [20], hidden: 200),
    ]

    @Test(arguments: InstructionSet.available, Cell.allCases)
    func threadsGiveTheSameBits(set: InstructionSet, cell: Cell) {
        for (index, shape) in Self.shapes.enumerated() {
            let layout = PackedLayout(
                lengths: shape.lengths, reversed: index == 2,
                resets: [.init(sequence: 0, step: 1)])
            let layer = layer(cell, hiddenSize: shape.hidden, layout)
            let output = layer.forward(set.context(), layout)
            let gradients = layer.backward(set.context(), layout, output)
            for threads in [2, 3, 4] {
                let context = set.context(threads: threads)
                let what = "hidden \(shape.hidden), B \(layout.sequences), \(threads) threads"
                let others = layer.forward(context, layout)
                for (part, expected) in zip(others.parts, output.parts) {
                    expectSameBits(part.values, expected.values, "\(part.name), \(what)")
                }
                let otherGradients = layer.backward(context, layout, others)
                for (part, expected) in zip(otherGradients.parts, gradients.parts) {
                    expectSameBits(part.values, expected.values, "\(part.name), \(what)")
                }
            }
        }
    }

    /// The last shape projects its input in two chunks of steps.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func gatesThatNothingKeepsChangeNoBits(set: InstructionSet, cell: Cell) {
        let long = (lengths: [400, 400, 399], hidden: 72)
        for (index, shape) in (Self.shapes + [long]).enumerated() {
            let layout = PackedLayout(lengths: shape.lengths, reversed: index == 1)
            let layer = layer(cell, hiddenSize: shape.hidden, layout)
            for threads in [1, 2] {
                let context = set.context(threads: threads)
                let panels = RecurrentPanels(context, layer, backward: false)
                let kept = layer.forward(panels, layout)
                let others = layer.forward(panels, layout, keepsGates: false)
                let what = "hidden \(shape.hidden), \(layout), \(threads) threads"
                expectSameBits(others.y, kept.y, "y, \(what)")
                expectSameBits(others.hn, kept.hn, "hn, \(what)")
                expectSameBits(others.cn, kept.cn, "cn, \(what)")
            }
        }
    }

    /// Against direction, a sequence of one step begins in the last step of the pass, which still
    /// reads its initial state on every thread.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func finalStatesMayTakeThePlaceOfInitialOnes(set: InstructionSet, cell: Cell) {
        for reversed in [false, true] {
            let layout = PackedLayout(lengths: [3, 3, 1], reversed: reversed)
            let layer = layer(cell, hiddenSize: 300, layout)
            let panels = RecurrentPanels(set.context(threads: 2), layer, backward: false)
            let apart = layer.forward(panels, layout)
            for _ in 0..<10 {
                let inPlace = layer.forward(panels, layout, replacesStates: true)
                expectSameBits(inPlace.hn, apart.hn, "hn, \(layout)")
                expectSameBits(inPlace.cn, apart.cn, "cn, \(layout)")
            }
        }
    }

    /// Steps one at a time, the state carried in place, against the whole sequence. 300 units have
    /// more panels of one gate than a plan of one thread has room for, and 3 or fewer rows, where
    /// nothing is known of caches, meet them in alternating order, in a pass as in single steps, which
    /// may take more threads than they are usually worth.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func stepByStepEqualsTheWholeSequence(set: InstructionSet, cell: Cell) {
        for (lengths, hidden, reversed, threads) in [
            ([6, 6, 4, 1], 17, false, 2), ([5], 67, false, 2), ([5, 3, 3], 33, true, 2),
            ((0..<40).map { 5 - $0 / 10 }, 64, false, 2), ([3, 3, 3, 3, 2], 300, false, 1),
            ([4, 4, 3], 43, false, 1), ([4, 2], 300, true, 2), ([4], 200, false, 2),
        ] {
            let layout = PackedLayout(lengths: lengths, reversed: reversed)
            let layer = layer(cell, hiddenSize: hidden, layout)
            var context = set.context(threads: threads)
            // In ascending order, on one thread.
            context.l2_bytes = 1 << 40
            context.threads = 1
            let whole = layer.forward(context, layout)
            context.l2_bytes = 0
            context.threads = threads
            let alternating = layer.forward(context, layout)
            expectSameBits(alternating.y, whole.y, "y, alternating, \(layout)")
            expectSameBits(alternating.hn, whole.hn, "hn, alternating, \(layout)")
            expectSameBits(alternating.cn, whole.cn, "cn, alternating, \(layout)")
            let steps = stepped(layer, layout, context, worthAThread: threads > 1 ? 1 : 0)
            expectSameBits(steps.y, whole.y, "y, \(layout)")
            expectSameBits(steps.hn, whole.hn, "hn, \(layout)")
            expectSameBits(steps.cn, whole.cn, "cn, \(layout)")
        }
    }

    /// Runs a layer one step a call; hn is h0, and cn is c0.
    private func stepped(
        _ layer: KernelLayer, _ layout: PackedLayout, _ context: sn_context, worthAThread: Int
    ) -> (y: [Float], hn: [Float], cn: [Float]) {
        var context = context
        let panels = RecurrentPanels(context, layer, backward: false)
        let size = layer.hiddenSize
        let hasCells = layer.cell.hasCellState
        let h = AlignedFloats(layer.h0!)
        let c = AlignedFloats(layer.c0 ?? [])
        let y = AlignedFloats(count: layout.rows * size)
        let order = layout.reversed ? Array((0..<layout.steps).reversed()) : Array(0..<layout.steps)
        for (done, step) in order.enumerated() {
            let first = layout.firstRows[step]
            let count = layout.firstRows[step + 1] - first
            let one = PackedLayout(lengths: [Int](repeating: 1, count: count))
            let cells = AlignedFloats(count: hasCells ? count * size : 0)
            let saved = AlignedFloats(count: count * sn_cell_saved_size(layer.cell.kernel, size))
            let workspace = AlignedFloats(
                count: sn_recurrent_floats(
                    &context, layer.cell.kernel, count, count, 0, layer.inputSize, size, false))
            let x = AlignedFloats(Array(layer.x[(first * layer.inputSize)...]))
            let input = sn_recurrent_input(x: x.pointer, ids: nil, table_rows: 0)
            one.withBatch { batch in
                panels.withPanels { panels in
                    var run = sn_recurrent_run(
                        cell: layer.cell.kernel, input_size: layer.inputSize, hidden_size: size,
                        panels: panels, batch: batch, input: input, h0: h.pointer,
                        c0: hasCells ? c.pointer : nil, y: y.pointer + first * size, y_stride: size,
                        cells: hasCells ? cells.pointer : nil, hn: h.pointer,
                        cn: hasCells ? c.pointer : nil, saved: saved.pointer,
                        workspace: workspace.pointer, steps_before: done, worth_a_thread: worthAThread)
                    sn_recurrent_forward(&context, &run, 1)
                }
            }
        }
        return (y.values, h.values, c.values)
    }

    @Test(arguments: InstructionSet.available, Cell.allCases)
    func aSequenceAloneEqualsItselfInABatch(set: InstructionSet, cell: Cell) {
        for (hidden, reversed) in [(15, false), (33, true), (67, false)] {
            let layout = PackedLayout(
                lengths: [7, 5, 5, 3, 3, 3, 3, 2, 1], reversed: reversed,
                resets: [.init(sequence: 1, step: 2)])
            let layer = layer(cell, hiddenSize: hidden, layout)
            let context = set.context(threads: 2)
            let together = layer.forward(context, layout)
            let gradients = layer.backward(context, layout, together, outputs: [.input, .states])
            for sequence in 0..<layout.sequences {
                let (single, alone) = extract(sequence, of: layer, layout)
                let output = single.forward(context, alone)
                let what = "sequence \(sequence), hidden \(hidden)"
                expectSameBits(
                    output.y, rows(of: sequence, in: together.y, hidden, layout), "y, \(what)")
                expectSameBits(
                    output.hn, Array(together.hn[(sequence * hidden)..<((sequence + 1) * hidden)]),
                    "hn, \(what)")
                let own = single.backward(context, alone, output, outputs: [.input, .states])
                expectSameBits(
                    own.dx, rows(of: sequence, in: gradients.dx, layer.inputSize, layout),
                    "dx, \(what)")
                expectSameBits(
                    own.dh0, Array(gradients.dh0[(sequence * hidden)..<((sequence + 1) * hidden)]),
                    "dh0, \(what)")
            }
        }
    }

    /// One sequence's rows of a packed matrix.
    private func rows(
        of sequence: Int, in values: [Float], _ width: Int, _ layout: PackedLayout
    ) -> [Float] {
        (0..<layout.lengths[sequence]).flatMap { step in
            let row = layout.row(sequence, step)
            return values[(row * width)..<((row + 1) * width)]
        }
    }

    /// One sequence of a problem as a problem of its own.
    private func extract(
        _ sequence: Int, of layer: KernelLayer, _ layout: PackedLayout
    ) -> (KernelLayer, PackedLayout) {
        let resets = layout.resets.filter { $0.sequence == sequence }
            .map { PackedLayout.Position(sequence: 0, step: $0.step) }
        let alone = PackedLayout(
            lengths: [layout.lengths[sequence]], reversed: layout.reversed, resets: Set(resets))
        let size = layer.hiddenSize
        func state(_ values: [Float]?) -> [Float]? {
            values.map { Array($0[(sequence * size)..<((sequence + 1) * size)]) }
        }
        var single = layer
        single.x = rows(of: sequence, in: layer.x, layer.inputSize, layout)
        single.dy = rows(of: sequence, in: layer.dy, size, layout)
        single.h0 = state(layer.h0)
        single.c0 = state(layer.c0)
        single.dhn = state(layer.dhn)
        single.dcn = state(layer.dcn)
        return (single, alone)
    }

    /// Gradients that are not asked for change nothing of the others.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func absentGradientsLeaveTheOthersAlone(set: InstructionSet, cell: Cell) {
        let layout = PackedLayout(lengths: [4, 4, 2], resets: [.init(sequence: 0, step: 2)])
        let layer = layer(cell, hiddenSize: 17, layout)
        let context = set.context()
        let output = layer.forward(context, layout)
        let all = layer.backward(context, layout, output)
        let inputs = layer.backward(context, layout, output, outputs: .input)
        expectSameBits(inputs.dx, all.dx, "dx alone")
        expectSameBits(inputs.total, all.total, "dh beside dx")
        #expect(inputs.weightHH.allSatisfy { $0 == 0 })
        let weights = layer.backward(context, layout, output, outputs: .weights)
        expectSameBits(weights.weightIH, all.weightIH, "dw_ih alone")
        expectSameBits(weights.weightHH, all.weightHH, "dw_hh alone")
        expectSameBits(weights.biasIH, all.biasIH, "db_ih alone")
        expectSameBits(weights.biasHH, all.biasHH, "db_hh alone")
        let states = layer.backward(context, layout, output, outputs: .states)
        expectSameBits(states.dh0, all.dh0, "dh0 alone")
        expectSameBits(states.dc0, all.dc0, "dc0 alone")
    }

    @Test(arguments: InstructionSet.available, Cell.allCases)
    func gradientsAreAddedToWhatIsThere(set: InstructionSet, cell: Cell) {
        let layout = PackedLayout(lengths: [4, 4, 2], reversed: true)
        let layer = layer(cell, hiddenSize: 17, layout)
        let context = set.context()
        let output = layer.forward(context, layout)
        let fromZero = layer.backward(context, layout, output)
        let fromOne = layer.backward(context, layout, output, start: 1)
        for (one, zero) in zip(fromOne.parts, fromZero.parts) where one.name != "dh" {
            expectClose(
                one.values, zero.values.map { Double($0) + 1 }, within: 1e-6, one.name)
        }
        expectSameBits(fromOne.total, fromZero.total, "dh")
    }

    /// Over more rows than the kernel takes gradients of at once; in the second batch, half of the
    /// sequences begin and end together, all at once more than that. Those of the last are too few
    /// for two shards.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func gradientsOfEmptyWeightsAndInputsAreWritten(set: InstructionSet, cell: Cell) {
        let unequal = [Int](repeating: 9, count: 10) + [Int](repeating: 5, count: 590)
        for (lengths, reversed) in [
            ([Int](repeating: 9, count: 40), false), (unequal, false), (unequal, true),
            ([9, 9, 4], false),
        ] {
            let layout = PackedLayout(lengths: lengths, reversed: reversed)
            let layer = layer(cell, hiddenSize: 17, layout)
            let context = set.context(threads: 2)
            let output = layer.forward(context, layout)
            let added = layer.backward(context, layout, output)
            let written = layer.backward(
                context, layout, output, start: .nan, weightsAreEmpty: true, inputIsEmpty: true)
            let what = "B \(lengths.count), reversed: \(reversed)"
            #expect(added.weightIH.allSatisfy { $0.isFinite }, "dw_ih, \(what)")
            expectSameBits(written.weightIH, added.weightIH, "dw_ih, \(what)")
            expectSameBits(written.weightHH, added.weightHH, "dw_hh, \(what)")
            expectSameBits(written.dx, added.dx, "dx, \(what)")
            #expect(written.biasIH.allSatisfy { $0.isNaN }, "others are added to what is there")
            let alone = layer.backward(
                context, layout, output, outputs: .input, start: .nan, inputIsEmpty: true)
            expectSameBits(alone.dx, added.dx, "dx without weights, \(what)")
        }
    }

    /// Memory of a forward pass alone may be packed without the panels for backward.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func panelsForForwardAloneGiveTheSameBits(set: InstructionSet, cell: Cell) {
        let layout = PackedLayout(lengths: [3, 2])
        let layer = layer(cell, hiddenSize: 33, layout)
        let forward = RecurrentPanels(set.context(), layer, backward: false)
        let both = RecurrentPanels(set.context(), layer, backward: true)
        expectSameBits(layer.forward(both, layout).y, layer.forward(forward, layout).y, "y")
    }

    /// A NaN that enters a sequence stays in it, and is not lost.
    @Test(arguments: InstructionSet.available, Cell.allCases)
    func nanReachesTheEndOfItsSequenceAlone(set: InstructionSet, cell: Cell) {
        let layout = PackedLayout(lengths: [4, 4, 4])
        var layer = layer(cell, hiddenSize: 17, layout)
        layer.x[layout.row(1, 1) * layer.inputSize] = .nan
        let hn = layer.forward(set.context(), layout).hn
        #expect(hn[17..<34].allSatisfy { $0.isNaN })
        #expect((hn[0..<17] + hn[34...]).allSatisfy { $0.isFinite })
    }
}
