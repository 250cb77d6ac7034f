import Testing

/// A description of a packed layout, for the arguments of a test.
struct PackedLayoutCase: Sendable, CustomTestStringConvertible {
    var lengths: [Int]
    var reversed: Bool
    /// The rows that start from zeros: (sequence, step).
    var resets: [(Int, Int)]

    init(lengths: [Int], reversed: Bool = false, resets: [(Int, Int)] = []) {
        self.lengths = lengths
        self.reversed = reversed
        self.resets = resets
    }

    func layout() -> PackedLayout {
        PackedLayout(
            lengths: lengths, reversed: reversed,
            resets: Set(resets.map { PackedLayout.Position(sequence: $0.0, step: $0.1) }))
    }

    var testDescription: String { layout().description }
}
