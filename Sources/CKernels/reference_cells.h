// One row of a recurrent cell in float64: what reference_cells.c offers to the walk over
// a batch in reference_recurrent.c.
#ifndef REFERENCE_CELLS_H
#define REFERENCE_CELLS_H

#include "include/sn_reference.h"

// A layer's kind, sizes and weights; shapes as in sn_reference.h.
typedef struct sn_reference_layer {
    sn_reference_cell cell;
    size_t input_size;
    size_t hidden_size;
    const double *w_ih;
    const double *w_hh;
    const double *b_ih;  // NULL in the backward pass, which does not need it
    const double *b_hh;  // NULL in the backward pass
} sn_reference_layer;

// One row: what went in, what came out. NULL previous states mean zeros.
typedef struct sn_reference_row {
    const double *x;           // [I]
    const double *h_previous;  // [H]
    const double *c_previous;  // [H], LSTM alone
} sn_reference_row;

// Writes h[H], c[H] (LSTM alone) and saved[sn_reference_saved_size].
void sn_reference_row_forward(double *h, double *c, double *saved, const sn_reference_row *row,
                              const sn_reference_layer *layer);

// The element-wise part of a row's backward pass.
//   d_input     out  [G·H] gradient of W_ih x + b_ih
//   d_hidden    out  [G·H] gradient of W_hh u + b_hh, u as in sn_reference_hidden_scale()
//   dh_direct   out  [H] what reaches h_previous past the products
//   dc_previous out  [H], LSTM alone
//   dh, dc           [H] gradients of h and c; dc for the LSTM alone
//   saved, h, c      as forward left them
void sn_reference_row_backward(double *d_input, double *d_hidden, double *dh_direct,
                               double *dc_previous, const double *dh, const double *dc,
                               const double *saved, const double *h, const double *c,
                               const sn_reference_row *row, const sn_reference_layer *layer);

// What a gate's hidden product multiplies h_previous with, unit by unit: r for gate n of
// the GRU with reset before the product, else NULL for ones.
const double *sn_reference_hidden_scale(const double *saved, size_t gate,
                                        const sn_reference_layer *layer);

#endif
