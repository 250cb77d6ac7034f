// The cells in float64. σ is the logistic function, ∘ the element-wise product; W_i* and
// b_i* are the gate's blocks of w_ih and b_ih, W_h* and b_h* those of w_hh and b_hh.
//
// RNN (Elman 1990), f = tanh or relu (whose derivative at 0 is 0):
//   h' = f(W_i x + b_i + W_h h + b_h)
//
// LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000):
//   i = σ(W_ii x + b_ii + W_hi h + b_hi)        f = σ(W_if x + b_if + W_hf h + b_hf)
//   g = tanh(W_ig x + b_ig + W_hg h + b_hg)     o = σ(W_io x + b_io + W_ho h + b_ho)
//   c' = f∘c + i∘g                              h' = o∘tanh(c')
//
// GRU (Cho et al. 2014); all three forms share
//   z = σ(W_iz x + b_iz + W_hz h + b_hz)        h' = (1-z)∘n + z∘h
// and those with a reset gate
//   r = σ(W_ir x + b_ir + W_hr h + b_hr)
// reset after the product (PyTorch, cuDNN):  n = tanh(W_in x + b_in + r∘(W_hn h + b_hn))
// reset before the product (Cho et al.):     n = tanh(W_in x + b_in + W_hn (r∘h) + b_hn)
// simplified, without r:                     n = tanh(W_in x + b_in + W_hn h + b_hn)
#include "reference_cells.h"

#include <math.h>

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

// A state's unit; a NULL state is zeros.
static double unit_of(const double *state, size_t unit) { return state ? state[unit] : 0; }

size_t sn_reference_gates(sn_reference_cell cell) {
    switch (cell) {
    case SN_REFERENCE_RNN_TANH:
    case SN_REFERENCE_RNN_RELU:
        return 1;
    case SN_REFERENCE_GRU_SIMPLIFIED:
        return 2;
    case SN_REFERENCE_GRU_RESET_AFTER:
    case SN_REFERENCE_GRU_RESET_BEFORE:
        return 3;
    case SN_REFERENCE_LSTM:
        return 4;
    }
    return 0;
}

size_t sn_reference_saved_size(sn_reference_cell cell, size_t hidden_size) {
    size_t blocks = sn_reference_gates(cell);
    if (cell == SN_REFERENCE_GRU_RESET_AFTER)
        blocks += 1;  // W_hn h + b_hn
    return blocks * hidden_size;
}

const double *sn_reference_hidden_scale(const double *saved, size_t gate,
                                        const sn_reference_layer *layer) {
    return layer->cell == SN_REFERENCE_GRU_RESET_BEFORE && gate == 2 ? saved : NULL;
}

// b_i + W_i x of one unit of a gate.
static double input_sum(size_t gate, size_t unit, const sn_reference_row *row,
                        const sn_reference_layer *layer) {
    size_t index = gate * layer->hidden_size + unit;
    double sum = layer->b_ih[index];
    for (size_t k = 0; k < layer->input_size; k++)
        sum += layer->w_ih[index * layer->input_size + k] * row->x[k];
    return sum;
}

// b_h + W_h (scale∘h) of one unit of a gate; scale NULL means ones.
static double hidden_sum(size_t gate, size_t unit, const double *scale, const sn_reference_row *row,
                         const sn_reference_layer *layer) {
    size_t H = layer->hidden_size, index = gate * H + unit;
    double sum = layer->b_hh[index];
    if (row->h_previous == NULL)
        return sum;
    for (size_t k = 0; k < H; k++) {
        double h = scale ? scale[k] * row->h_previous[k] : row->h_previous[k];
        sum += layer->w_hh[index * H + k] * h;
    }
    return sum;
}

static double gate_sum(size_t gate, size_t unit, const sn_reference_row *row,
                       const sn_reference_layer *layer) {
    return input_sum(gate, unit, row, layer) + hidden_sum(gate, unit, NULL, row, layer);
}

static void rnn_forward(double *h, double *saved, const sn_reference_row *row,
                        const sn_reference_layer *layer) {
    for (size_t j = 0; j < layer->hidden_size; j++) {
        double sum = gate_sum(0, j, row, layer);
        h[j] = layer->cell == SN_REFERENCE_RNN_TANH ? tanh(sum) : sum > 0 ? sum : 0;
        saved[j] = h[j];
    }
}

static void lstm_forward(double *h, double *c, double *saved, const sn_reference_row *row,
                         const sn_reference_layer *layer) {
    size_t H = layer->hidden_size;
    for (size_t j = 0; j < H; j++) {
        double i = sigmoid(gate_sum(0, j, row, layer));
        double f = sigmoid(gate_sum(1, j, row, layer));
        double g = tanh(gate_sum(2, j, row, layer));
        double o = sigmoid(gate_sum(3, j, row, layer));
        c[j] = f * unit_of(row->c_previous, j) + i * g;
        h[j] = o * tanh(c[j]);
        saved[j] = i;
        saved[H + j] = f;
        saved[2 * H + j] = g;
        saved[3 * H + j] = o;
    }
}

static void gru_forward(double *h, double *saved, const sn_reference_row *row,
                        const sn_reference_layer *layer) {
    size_t H = layer->hidden_size;
    size_t update = layer->cell == SN_REFERENCE_GRU_SIMPLIFIED ? 0 : 1, candidate = update + 1;
    // r of every unit comes first: with reset before, n of one unit needs them all.
    if (layer->cell != SN_REFERENCE_GRU_SIMPLIFIED)
        for (size_t j = 0; j < H; j++)
            saved[j] = sigmoid(gate_sum(0, j, row, layer));
    const double *scale = sn_reference_hidden_scale(saved, candidate, layer);
    for (size_t j = 0; j < H; j++) {
        double z = sigmoid(gate_sum(update, j, row, layer));
        double product = hidden_sum(candidate, j, scale, row, layer);
        double reset = layer->cell == SN_REFERENCE_GRU_RESET_AFTER ? saved[j] : 1;
        double n = tanh(input_sum(candidate, j, row, layer) + reset * product);
        h[j] = (1 - z) * n + z * unit_of(row->h_previous, j);
        saved[update * H + j] = z;
        saved[candidate * H + j] = n;
        if (layer->cell == SN_REFERENCE_GRU_RESET_AFTER)
            saved[3 * H + j] = product;
    }
}

void sn_reference_row_forward(double *h, double *c, double *saved, const sn_reference_row *row,
                              const sn_reference_layer *layer) {
    switch (layer->cell) {
    case SN_REFERENCE_RNN_TANH:
    case SN_REFERENCE_RNN_RELU:
        rnn_forward(h, saved, row, layer);
        break;
    case SN_REFERENCE_GRU_RESET_AFTER:
    case SN_REFERENCE_GRU_RESET_BEFORE:
    case SN_REFERENCE_GRU_SIMPLIFIED:
        gru_forward(h, saved, row, layer);
        break;
    case SN_REFERENCE_LSTM:
        lstm_forward(h, c, saved, row, layer);
        break;
    }
}

static void rnn_backward(double *d_input, double *d_hidden, double *dh_direct, const double *dh,
                         const double *h, const sn_reference_layer *layer) {
    for (size_t j = 0; j < layer->hidden_size; j++) {
        double slope = layer->cell == SN_REFERENCE_RNN_TANH ? 1 - h[j] * h[j] : h[j] > 0 ? 1 : 0;
        d_input[j] = d_hidden[j] = dh[j] * slope;
        dh_direct[j] = 0;
    }
}

static void lstm_backward(double *d_input, double *d_hidden, double *dh_direct, double *dc_previous,
                          const double *dh, const double *dc, const double *saved, const double *c,
                          const sn_reference_row *row, const sn_reference_layer *layer) {
    size_t H = layer->hidden_size;
    for (size_t j = 0; j < H; j++) {
        double i = saved[j], f = saved[H + j], g = saved[2 * H + j], o = saved[3 * H + j];
        double tanh_c = tanh(c[j]);
        double dc_total = dc[j] + dh[j] * o * (1 - tanh_c * tanh_c);
        d_input[j] = dc_total * g * i * (1 - i);
        d_input[H + j] = dc_total * unit_of(row->c_previous, j) * f * (1 - f);
        d_input[2 * H + j] = dc_total * i * (1 - g * g);
        d_input[3 * H + j] = dh[j] * tanh_c * o * (1 - o);
        dc_previous[j] = dc_total * f;
        dh_direct[j] = 0;
    }
    for (size_t index = 0; index < 4 * H; index++)
        d_hidden[index] = d_input[index];
}

// The gradient of r of one unit, given d_input of gate n.
static double gru_reset_gradient(const double *d_input, const double *saved, size_t unit,
                                 const sn_reference_row *row, const sn_reference_layer *layer) {
    size_t H = layer->hidden_size;
    if (layer->cell == SN_REFERENCE_GRU_RESET_AFTER)
        return d_input[2 * H + unit] * saved[3 * H + unit];
    double sum = 0;
    for (size_t j = 0; j < H; j++)
        sum += layer->w_hh[(2 * H + j) * H + unit] * d_input[2 * H + j];
    return sum * unit_of(row->h_previous, unit);
}

static void gru_backward(double *d_input, double *d_hidden, double *dh_direct, const double *dh,
                         const double *saved, const sn_reference_row *row,
                         const sn_reference_layer *layer) {
    size_t H = layer->hidden_size;
    size_t update = layer->cell == SN_REFERENCE_GRU_SIMPLIFIED ? 0 : 1, candidate = update + 1;
    for (size_t j = 0; j < H; j++) {
        double z = saved[update * H + j], n = saved[candidate * H + j];
        double dz = dh[j] * (unit_of(row->h_previous, j) - n);
        double reset = layer->cell == SN_REFERENCE_GRU_RESET_AFTER ? saved[j] : 1;
        d_input[update * H + j] = d_hidden[update * H + j] = dz * z * (1 - z);
        d_input[candidate * H + j] = dh[j] * (1 - z) * (1 - n * n);
        d_hidden[candidate * H + j] = d_input[candidate * H + j] * reset;
        dh_direct[j] = dh[j] * z;
    }
    if (layer->cell == SN_REFERENCE_GRU_SIMPLIFIED)
        return;
    for (size_t j = 0; j < H; j++) {
        double r = saved[j];
        double dr = gru_reset_gradient(d_input, saved, j, row, layer);
        d_input[j] = d_hidden[j] = dr * r * (1 - r);
    }
}

void sn_reference_row_backward(double *d_input, double *d_hidden, double *dh_direct,
                               double *dc_previous, const double *dh, const double *dc,
                               const double *saved, const double *h, const double *c,
                               const sn_reference_row *row, const sn_reference_layer *layer) {
    switch (layer->cell) {
    case SN_REFERENCE_RNN_TANH:
    case SN_REFERENCE_RNN_RELU:
        rnn_backward(d_input, d_hidden, dh_direct, dh, h, layer);
        break;
    case SN_REFERENCE_GRU_RESET_AFTER:
    case SN_REFERENCE_GRU_RESET_BEFORE:
    case SN_REFERENCE_GRU_SIMPLIFIED:
        gru_backward(d_input, d_hidden, dh_direct, dh, saved, row, layer);
        break;
    case SN_REFERENCE_LSTM:
        lstm_backward(d_input, d_hidden, dh_direct, dc_previous, dh, dc, saved, c, row, layer);
        break;
    }
}
