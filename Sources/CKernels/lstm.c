#include "cell.h"

// Long short-term memory (Hochreiter & Schmidhuber 1997) with a forget gate (Gers et al.
// 2000), gates in PyTorch's order:
//
//   i = σ(W_ii x + b_ii + W_hi h + b_hi)      f = σ(W_if x + b_if + W_hf h + b_hf)
//   g = tanh(W_ig x + b_ig + W_hg h + b_hg)   o = σ(W_io x + b_io + W_ho h + b_ho)
//   c' = f∘c + i∘g                            h' = o∘tanh(c')
//
// saved: [i, f, g, o].
static const sn_cell lstm = {
    .kind = SN_CELL_LSTM,
    .gates = 4,
    .saved_blocks = 4,
    .has_cell_state = true,
    .input_row = {0, 1, 2, 3},
    .phases = 1,
    .forward = {{.gates = 4, .gate_row = {0, 1, 2, 3}}},
    .backward = {{.gates = 4, .gate_row = {0, 1, 2, 3}}},
    .hidden_gradient_block = {0, 1, 2, 3},
};
const sn_cell *const sn_lstm = &lstm;
