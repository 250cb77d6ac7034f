#include "cell.h"

// The plain recurrent network (Elman 1990):
//
//   h_t = f(W_ih x_t + b_ih + W_hh h_{t-1} + b_hh),  f = tanh or ReLU
//
// saved: [a], the sum before f; backward turns it into its gradient.
#define SN_RNN(the_kind)                                    \
    {                                                       \
        .kind = the_kind,                                   \
        .gates = 1,                                         \
        .saved_blocks = 1,                                  \
        .input_row = {0},                                   \
        .phases = 1,                                        \
        .forward = {{.gates = 1, .gate_row = {0}}},         \
        .backward = {{.gates = 1, .gate_row = {0}}},        \
        .hidden_gradient_block = {0},                       \
    }

static const sn_cell rnn_tanh = SN_RNN(SN_CELL_RNN_TANH);
static const sn_cell rnn_relu = SN_RNN(SN_CELL_RNN_RELU);
const sn_cell *const sn_rnn_tanh = &rnn_tanh;
const sn_cell *const sn_rnn_relu = &rnn_relu;
