import CKernels

/// What the steps of `Tape.unrolled(_:_:)` share.
///
/// Every step runs the same operations in the same order. What the n-th of them writes, a row for
/// each row of the step, is cut from memory of its own for the rows of all steps, which so lie one
/// after another as those of a packed batch do.
final class UnrolledScope {
    let batch: PackedBatch
    private(set) var step = 0

    /// Memory for all rows of the batch, `width` floats each.
    private struct Rows {
        let width: Int
        let floats: UnsafeMutablePointer<Float>
    }

    /// What an operation leaves for its weights, of its first step.
    private struct Gathered {
        let input: Tensor
        let weights: (_ rows: Int) -> Void
    }

    private let workspace: Workspace
    private let context: KernelContext
    private var rows: [Rows] = []
    private var scratches: [(count: Int, floats: UnsafeMutablePointer<Float>)] = []
    private var gathered: [Gathered] = []
    /// How many of each the present step has asked for.
    private var taken = (rows: 0, scratches: 0, gathered: 0)

    init(_ batch: PackedBatch, _ workspace: Workspace, _ context: KernelContext) {
        self.batch = batch
        self.workspace = workspace
        self.context = context
    }

    /// Sequences that the present step goes through, which are its rows.
    var stepRows: Int { batch.firstRow(of: step + 1) - batch.firstRow(of: step) }

    func begin(_ step: Int) {
        self.step = step
        taken = (0, 0, 0)
    }

    /// The present step's rows of what this operation writes.
    func rows(_ count: Int, width: Int, areZero: Bool) -> UnsafeMutablePointer<Float> {
        precondition(count == stepRows, "an operation of a step has a row for each of its sequences")
        if step == 0 {
            let floats = batch.rows * width
            rows.append(
                Rows(
                    width: width,
                    floats: areZero ? workspace.zeros(floats, context) : workspace.floats(floats)))
        }
        let own = rows[taken.rows]
        precondition(own.width == width, "every step runs the same operations")
        taken.rows += 1
        return own.floats + batch.firstRow(of: step) * width
    }

    /// Memory that the steps use in turn. The first step needs the most.
    func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
        if step == 0 { scratches.append((count, workspace.floats(count))) }
        let own = scratches[taken.scratches]
        precondition(own.count >= count, "no step has more rows than the first")
        taken.scratches += 1
        return own.floats
    }

    /// Keeps what goes to an operation's weights, to be called once for all steps.
    func gather(_ input: Tensor, _ weights: @escaping (_ rows: Int) -> Void) {
        if step == 0 { gathered.append(Gathered(input: input, weights: weights)) }
        let first = gathered[taken.gathered].input
        precondition(
            input.values == first.values + batch.firstRow(of: step) * first.columns,
            "an input of weights follows that of the step before: it is made in the scope, or rows "
                + "of a tensor of the whole batch")
        taken.gathered += 1
    }

    /// Runs what was kept, last first.
    func close() {
        for own in gathered.reversed() { own.weights(batch.rows) }
    }
}
