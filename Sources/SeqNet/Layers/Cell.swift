import CKernels

/// The kind of a recurrent cell. Gates and weights are named and ordered as in PyTorch.
public enum Cell: Equatable, Sendable {
    /// h' = f(W_ih x + b_ih + W_hh h + b_hh) (Elman 1990).
    case rnn(RNNActivation = .tanh)
    /// Gated recurrent unit in one of its published forms; gates r, z, n, or z, n.
    case gru(GRUForm = .resetAfter)
    /// Long short-term memory with a forget gate (Hochreiter & Schmidhuber 1997; Gers et al.
    /// 2000); gates i, f, g, o.
    case lstm

    /// The activation of a plain recurrent cell.
    public enum RNNActivation: String, CaseIterable, Sendable { case tanh, relu }

    /// The published forms of the GRU. In all of them h' = (1 - z)∘n + z∘h; the update gate Γu
    /// of the course is 1 - z.
    public enum GRUForm: String, CaseIterable, Sendable {
        /// n = tanh(W_in x + b_in + r∘(W_hn h + b_hn)): PyTorch, cuDNN.
        case resetAfter = "reset-after"
        /// n = tanh(W_in x + b_in + W_hn (r∘h) + b_hn): Cho et al. 2014, and the course.
        case resetBefore = "reset-before"
        /// No reset gate: n = tanh(W_in x + b_in + W_hn h + b_hn): the course's first form.
        case simplified
    }

    /// `rnn`, `gru` or `lstm`.
    public var name: String {
        switch self {
        case .rnn: "rnn"
        case .gru: "gru"
        case .lstm: "lstm"
        }
    }

    /// Gates: blocks of `hiddenSize` rows in the weights.
    public var gates: Int { sn_cell_gates(kernel) }

    /// Whether it has a cell state beside the hidden state.
    public var hasCellState: Bool { sn_cell_has_cell_state(kernel) }

    var kernel: OpaquePointer {
        switch self {
        case .rnn(.tanh): sn_rnn_tanh
        case .rnn(.relu): sn_rnn_relu
        case .gru(.resetAfter): sn_gru_reset_after
        case .gru(.resetBefore): sn_gru_reset_before
        case .gru(.simplified): sn_gru_simplified
        case .lstm: sn_lstm
        }
    }
}
