import CKernels

/// The kinds of recurrent cell, with what the tests need to know of each.
enum Cell: String, CaseIterable, Sendable {
    case rnnTanh = "rnn_tanh"
    case rnnReLU = "rnn_relu"
    case gruResetAfter = "gru_reset_after"
    case gruResetBefore = "gru_reset_before"
    case gruSimplified = "gru_simplified"
    case lstm

    var reference: sn_reference_cell {
        switch self {
        case .rnnTanh: SN_REFERENCE_RNN_TANH
        case .rnnReLU: SN_REFERENCE_RNN_RELU
        case .gruResetAfter: SN_REFERENCE_GRU_RESET_AFTER
        case .gruResetBefore: SN_REFERENCE_GRU_RESET_BEFORE
        case .gruSimplified: SN_REFERENCE_GRU_SIMPLIFIED
        case .lstm: SN_REFERENCE_LSTM
        }
    }

    /// The fast kernels' description of the cell.
    var kernel: OpaquePointer {
        switch self {
        case .rnnTanh: sn_rnn_tanh
        case .rnnReLU: sn_rnn_relu
        case .gruResetAfter: sn_gru_reset_after
        case .gruResetBefore: sn_gru_reset_before
        case .gruSimplified: sn_gru_simplified
        case .lstm: sn_lstm
        }
    }

    var gates: Int { sn_reference_gates(reference) }
    var hasCellState: Bool { self == .lstm }
}
