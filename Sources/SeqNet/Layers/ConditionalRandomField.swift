import CKernels

/// A linear-chain conditional random field over the tags of a sequence (Lafferty, McCallum &
/// Pereira 2001; on top of a recurrent network: Huang, Xu & Yu 2015).
///
/// Emissions [rows, tags], such as those of a `Linear` layer, score each tag at each row; the
/// field adds a score for each tag that begins or ends a sequence and for each tag right after
/// another. Loss, marginals and the best tags are exact. What is forbidden has probability 0,
/// and its parameters keep a gradient of 0. All scores begin at 0: the tags of a sequence are
/// then independent but for what is forbidden.
///
/// ```swift
/// let field = ConditionalRandomField(
///     tags: 3, allowsTransition: { before, tag in before != 0 || tag != 2 }, in: parameters)
/// let loss = field.loss(emissions(hidden, tape), targets: tags, batch, tape)
/// let best = field.decode(emissions(hidden, tape), batch, tape)
/// ```
///
/// A batch is read from each sequence's step 0 on, whatever its direction, and has no resets.
public final class ConditionalRandomField: Sendable {
    /// [tags, tags]: of the tag of the column right after the tag of the row.
    public let transitions: Parameter
    /// [tags]: of the first tag of a sequence.
    public let start: Parameter
    /// [tags]: of the last one.
    public let end: Parameter
    /// [tags + 2, tags]: transitions, starts, ends; 0 where forbidden.
    private let allowed: [UInt8]
    private let forbidsAnything: Bool

    public var tags: Int { start.count }

    /// - Parameters:
    ///   - tags: how many there are, at least 1.
    ///   - allowsTransition: whether the second tag may stand right after the first one.
    ///   - allowsStart: whether a sequence may begin with a tag.
    ///   - allowsEnd: whether it may end with one.
    public init(
        tags: Int, allowsTransition: (_ before: Int, _ tag: Int) -> Bool = { _, _ in true },
        allowsStart: (Int) -> Bool = { _ in true }, allowsEnd: (Int) -> Bool = { _ in true },
        prefix: String = "crf.", in block: ParameterBlock
    ) {
        precondition(tags > 0, "at least one tag")
        let ids = 0..<tags
        let rows = ids.map { before in ids.map { allowsTransition(before, $0) } }
        let isAllowed = (rows + [ids.map(allowsStart), ids.map(allowsEnd)]).joined()
        allowed = isAllowed.map { $0 ? 1 : 0 }
        forbidsAnything = allowed.contains(0)
        transitions = block.add("\(prefix)transitions", [tags, tags], .zeros)
        start = block.add("\(prefix)start", [tags], .zeros)
        end = block.add("\(prefix)end", [tags], .zeros)
    }

    /// The first place of a sequence of tags where one is forbidden: as a first tag, right after
    /// the one before it, or as the last; nil where all of them are allowed.
    public func firstForbidden(in sequence: [Int32]) -> Int? {
        sequence.indices.first { place in
            !allows(
                sequence[place], after: place == 0 ? nil : sequence[place - 1],
                isLast: place == sequence.count - 1)
        }
    }

    /// Whether a tag may stand right after another, or first of all, and last if it is.
    private func allows(_ tag: Int32, after before: Int32?, isLast: Bool) -> Bool {
        let row = before.map(Int.init) ?? tags
        return allowed[row * tags + Int(tag)] != 0
            && (!isLast || allowed[(tags + 1) * tags + Int(tag)] != 0)
    }

    /// The negative log-likelihood of the targets of each sequence.
    ///
    /// When the tape records, the gradient of the sum divided by `count` is left at once.
    /// - Parameters:
    ///   - emissions: [rows, tags].
    ///   - targets: a tag for each row.
    ///   - count: what the sum is divided by for the gradient; nil means the rows.
    /// - Returns: a loss in nats for each sequence.
    /// - Precondition: the targets use nothing that is forbidden; see `firstForbidden(in:)`.
    public func loss(
        _ emissions: Tensor, targets: [Int32], _ batch: PackedBatch, count: Int? = nil,
        _ tape: Tape
    ) -> Loss {
        check(emissions, batch)
        precondition(targets.count == batch.rows, "a target for each row")
        precondition(targets.allSatisfy { $0 >= 0 && $0 < tags }, "ids of the tags")
        precondition(areAllowed(targets, batch), "targets that the field allows")
        precondition(
            !tape.isRecording || emissions.hasGradient,
            "the emissions are of a tape that records nothing")
        let losses = tape.workspace.floats(batch.sequences)
        let workspace = workspace(batch, tape)
        withKernel { field in
            guard tape.isRecording else {
                sn_crf_loss(
                    tape.context.pointer, losses, nil, emissions.values, targets, field, workspace,
                    batch.pointer)
                return
            }
            var gradients = sn_crf_gradients(
                emissions: emissions.gradient, transitions: tape.gradient(of: transitions),
                start: tape.gradient(of: start), end: tape.gradient(of: end),
                scale: 1 / Float(count ?? batch.rows))
            sn_crf_loss(
                tape.context.pointer, losses, &gradients, emissions.values, targets, field,
                workspace, batch.pointer)
        }
        return Loss(rows: UnsafeBufferPointer(start: losses, count: batch.sequences))
    }

    /// The likeliest tags of each sequence as a whole; ties go to the lower id, from the last row
    /// back.
    ///
    /// - Parameter emissions: [rows, tags].
    /// - Returns: a tag for each row. Where everything is forbidden, or an emission is NaN, they
    ///   mean nothing.
    public func decode(_ emissions: Tensor, _ batch: PackedBatch, _ tape: Tape) -> [Int32] {
        check(emissions, batch)
        let workspace = workspace(batch, tape)
        return [Int32](unsafeUninitializedCapacity: batch.rows) { tags, count in
            withKernel { field in
                sn_crf_decode(
                    tape.context.pointer, tags.baseAddress, nil, emissions.values, field,
                    workspace, batch.pointer)
            }
            count = batch.rows
        }
    }

    /// The probability of each tag at each row, over all tags that the rest of its sequence may
    /// have.
    ///
    /// - Parameter emissions: [rows, tags].
    /// - Returns: [rows, tags]; each row sums to 1. Their gradient goes nowhere: training uses
    ///   `loss`.
    public func marginals(_ emissions: Tensor, _ batch: PackedBatch, _ tape: Tape) -> Tensor {
        check(emissions, batch)
        precondition(!tape.isRecording, "train with loss(_:targets:_:), which needs no marginals")
        let marginals = tape.tensor(rows: batch.rows, columns: tags)
        let workspace = workspace(batch, tape)
        withKernel { field in
            sn_crf_marginals(
                tape.context.pointer, marginals.values, emissions.values, field, workspace,
                batch.pointer)
        }
        return marginals
    }

    private func check(_ emissions: Tensor, _ batch: PackedBatch) {
        precondition(
            emissions.rows == batch.rows && emissions.columns == tags, "shape of the emissions")
        precondition(batch.resets.isEmpty, "a sequence is one chain")
    }

    private func areAllowed(_ targets: [Int32], _ batch: PackedBatch) -> Bool {
        guard forbidsAnything else { return true }
        return batch.lengths.enumerated().allSatisfy { sequence, steps in
            func target(_ step: Int) -> Int32 { targets[batch.firstRow(of: step) + sequence] }
            return (0..<steps).allSatisfy { step in
                allows(
                    target(step), after: step == 0 ? nil : target(step - 1),
                    isLast: step == steps - 1)
            }
        }
    }

    private func workspace(_ batch: PackedBatch, _ tape: Tape) -> UnsafeMutablePointer<Float> {
        tape.workspace.floats(sn_crf_floats(tape.context.pointer, tags, batch.pointer))
    }

    /// Calls `body` with the field as the kernels take it.
    private func withKernel(_ body: (UnsafePointer<sn_crf>) -> Void) {
        allowed.withUnsafeBufferPointer { allowed in
            let mask = forbidsAnything ? allowed.baseAddress : nil
            var field = sn_crf(
                tags: tags, transitions: transitions.values, start: start.values, end: end.values,
                allowed_transitions: mask, allowed_starts: mask.map { $0 + tags * tags },
                allowed_ends: mask.map { $0 + (tags + 1) * tags })
            body(&field)
        }
    }
}
