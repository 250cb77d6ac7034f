import SeqNet

extension Cell {
    /// Every cell under its name in the golden files.
    static let byGoldenName: [(name: String, cell: Cell)] = [
        ("rnn_tanh", .rnn(.tanh)), ("rnn_relu", .rnn(.relu)),
        ("gru_reset_after", .gru(.resetAfter)), ("gru_reset_before", .gru(.resetBefore)),
        ("gru_simplified", .gru(.simplified)), ("lstm", .lstm),
    ]

    static let all = byGoldenName.map(\.cell)

    /// A step of `GradientCheck` that is short enough to cross no kink of this cell.
    var gradientStep: Float { self == .rnn(.relu) ? 5e-4 : 1e-2 }
}
