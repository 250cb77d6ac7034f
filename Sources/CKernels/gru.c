#include "cell.h"

// Gated recurrent units, gates in PyTorch's order r, z, n:
//
//   r = σ(W_ir x + b_ir + W_hr h + b_hr)      z = σ(W_iz x + b_iz + W_hz h + b_hz)
//   h' = (1 - z)∘n + z∘h
//
// They differ in the candidate n. The update gate Γu of the course is 1 - z.

// Reset after the product (PyTorch, cuDNN):
//
//   n = tanh(W_in x + b_in + r∘(W_hn h + b_hn))
//
// saved: [n, r, z, s] with s = W_hn h + b_hn, so that the gates that x feeds (n, r, z) and
// those that h feeds (r, z, s) are both a run of blocks.
static const sn_cell gru_reset_after = {
    .kind = SN_CELL_GRU_RESET_AFTER,
    .gates = 3,
    .saved_blocks = 4,
    .splits_candidate = true,
    .input_row = {2, 0, 1},
    .phases = 1,
    .forward = {{.gates = 3, .gate_row = {0, 1, 2}, .column = 1}},
    .backward = {{.gates = 3, .gate_row = {0, 1, 2}, .column = 1}},
    .hidden_gradient_block = {1, 2, 3},
};
const sn_cell *const sn_gru_reset_after = &gru_reset_after;

// Reset before the product (Cho et al. 2014):
//
//   n = tanh(W_in x + b_in + W_hn (r∘h) + b_hn)
//
// saved: [n, r, z, r∘h]. Two phases a step, for n needs all of r∘h.
static const sn_cell gru_reset_before = {
    .kind = SN_CELL_GRU_RESET_BEFORE,
    .gates = 3,
    .saved_blocks = 4,
    .input_row = {2, 0, 1},
    .phases = 2,
    .forward = {{.gates = 2, .gate_row = {0, 1}, .column = 1},
                {.gates = 1, .gate_row = {2}, .column = 0, .from_saved = true, .from_column = 3}},
    .backward = {{.gates = 2, .gate_row = {0, 1}, .column = 1},
                 {.gates = 1, .gate_row = {2}, .column = 0}},
    .hidden_gradient_block = {1, 2, 0},
    .candidate_from_saved = true,
};
const sn_cell *const sn_gru_reset_before = &gru_reset_before;

// Without a reset gate (the simplified unit of the course), gates z, n:
//
//   n = tanh(W_in x + b_in + W_hn h + b_hn)
//
// saved: [z, n].
static const sn_cell gru_simplified = {
    .kind = SN_CELL_GRU_SIMPLIFIED,
    .gates = 2,
    .saved_blocks = 2,
    .input_row = {0, 1},
    .phases = 1,
    .forward = {{.gates = 2, .gate_row = {0, 1}}},
    .backward = {{.gates = 2, .gate_row = {0, 1}}},
    .hidden_gradient_block = {0, 1},
};
const sn_cell *const sn_gru_simplified = &gru_simplified;
