import CKernels

/// A conditional random field over a ragged batch, with targets that it allows.
struct CRFProblem {
    var lengths: [Int]
    var reversed = false
    var tags: Int
    /// [rows, tags].
    var emissions: [Double]
    /// [tags, tags].
    var transitions: [Double]
    var start: [Double]
    var end: [Double]
    /// Shaped as the scores; 0 where forbidden.
    var allowed: Allowed
    var targets: [Int32]
    /// What the sum of the losses is multiplied with before gradients are taken.
    var scale = 0.25

    struct Allowed {
        var transitions: [UInt8]
        var starts: [UInt8]
        var ends: [UInt8]
    }

    /// Losses of the sequences, and what the oracle or a kernel adds up.
    struct Result<Number> {
        var losses: [Number]
        var marginals: [Number]
        var emissions: [Number]
        var transitions: [Number]
        var start: [Number]
        var end: [Number]
    }

    /// Random multiples of 1/8, so that float32 sums of a short path are exact and ties are
    /// frequent. With `forbids` a third of everything is forbidden but what tag 0 has a part in.
    init(tags: Int, lengths: [Int], forbids: Bool = true, seed: UInt64) {
        var random = SeededRandom(seed)
        func draw(_ count: Int, _ eighths: Int) -> [Double] {
            random.indices(count, below: 2 * eighths + 1).map { Double(Int($0) - eighths) / 8 }
        }
        self.lengths = lengths
        self.tags = tags
        let rows = lengths.reduce(0, +)
        emissions = draw(rows * tags, 24)
        transitions = draw(tags * tags, 12)
        start = draw(tags, 12)
        end = draw(tags, 12)
        func mask(_ count: Int, _ isFree: (Int) -> Bool) -> [UInt8] {
            let draws = random.indices(count, below: 3)
            return (0..<count).map { !forbids || isFree($0) || draws[$0] > 0 ? 1 : 0 }
        }
        allowed = Allowed(
            transitions: mask(tags * tags) { $0 / tags == 0 || $0 % tags == 0 },
            starts: mask(tags) { $0 == 0 }, ends: mask(tags) { $0 == 0 })
        targets = random.indices(rows, below: tags)
        mendTargets()
    }

    /// Puts tag 0 where a target is forbidden.
    private mutating func mendTargets() {
        for rows in rowsOfSequences {
            for (step, row) in rows.enumerated() {
                let tag = Int(targets[row])
                let begins = step == 0
                let isAllowed = begins
                    ? allowed.starts[tag]
                    : allowed.transitions[Int(targets[rows[step - 1]]) * tags + tag]
                if isAllowed == 0 || row == rows.last && allowed.ends[tag] == 0 { targets[row] = 0 }
            }
        }
    }

    var layout: PackedLayout { PackedLayout(lengths: lengths, reversed: reversed) }
    var rows: Int { lengths.reduce(0, +) }

    /// The rows of each sequence, step by step.
    var rowsOfSequences: [[Int]] {
        let layout = layout
        return lengths.indices.map { b in (0..<lengths[b]).map { layout.row(b, $0) } }
    }

    /// Sequence `index` as a batch of its own.
    func alone(_ index: Int) -> CRFProblem {
        let rows = rowsOfSequences[index]
        var problem = self
        problem.lengths = [lengths[index]]
        problem.emissions = rows.flatMap { emissions[$0 * tags..<($0 + 1) * tags] }
        problem.targets = rows.map { targets[$0] }
        return problem
    }

    /// The scores, -inf where forbidden.
    var constrained: (transitions: [Double], start: [Double], end: [Double]) {
        func constrain(_ scores: [Double], _ allowed: [UInt8]) -> [Double] {
            zip(scores, allowed).map { $0.1 == 0 ? -.infinity : $0.0 }
        }
        return (
            constrain(transitions, allowed.transitions), constrain(start, allowed.starts),
            constrain(end, allowed.ends)
        )
    }

    /// What the oracle makes of it.
    func reference() -> Result<Double> {
        func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
        var result = Result(
            losses: zeros(lengths.count), marginals: zeros(rows * tags),
            emissions: zeros(rows * tags), transitions: zeros(tags * tags), start: zeros(tags),
            end: zeros(tags))
        var workspace = [Double](repeating: .nan, count: 2 * rows * tags)
        let field = constrained
        layout.withBatch {
            sn_reference_crf_loss(
                &result.losses, &result.marginals, &result.emissions, &result.transitions,
                &result.start, &result.end, emissions, targets, field.transitions, field.start,
                field.end, scale, &workspace, $0, tags)
        }
        return result
    }

    /// The oracle's best tags and their scores.
    func referenceDecoding() -> (tags: [Int32], scores: [Double]) {
        var best = [Int32](repeating: -1, count: rows)
        var scores = [Double](repeating: .nan, count: lengths.count)
        var workspace = [Double](repeating: .nan, count: rows * tags)
        var from = [Int32](repeating: -1, count: rows * tags)
        let field = constrained
        layout.withBatch {
            sn_reference_crf_decode(
                &best, &scores, emissions, field.transitions, field.start, field.end, &workspace,
                &from, $0, tags)
        }
        return (best, scores)
    }

    /// (L(p + e) - L(p - e)) / 2e for each element, L being the scaled sum of the losses.
    func centralDifferences(of parameter: WritableKeyPath<CRFProblem, [Double]>) -> [Double] {
        let step = 1e-5
        var problem = self
        func loss() -> Double { scale * problem.reference().losses.reduce(0, +) }
        return problem[keyPath: parameter].indices.map { index in
            let value = problem[keyPath: parameter][index]
            problem[keyPath: parameter][index] = value + step
            let above = loss()
            problem[keyPath: parameter][index] = value - step
            let below = loss()
            problem[keyPath: parameter][index] = value
            return (above - below) / (2 * step)
        }
    }
}
