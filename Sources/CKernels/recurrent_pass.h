// What the drivers and the element-wise parts of the cells share during one pass over a
// batch. Private to the kernels.
#ifndef SN_RECURRENT_PASS_H
#define SN_RECURRENT_PASS_H

#include "CKernels.h"

// The element-wise part of a cell, one for each kind.
typedef enum sn_cell_kind {
    SN_CELL_RNN_TANH,
    SN_CELL_RNN_RELU,
    SN_CELL_GRU_RESET_AFTER,
    SN_CELL_GRU_RESET_BEFORE,
    SN_CELL_GRU_SIMPLIFIED,
    SN_CELL_LSTM,
    SN_CELL_KINDS,
} sn_cell_kind;

// One pass (forward or backward) over a batch.
typedef struct sn_pass {
    const sn_batch *batch;
    size_t hidden;      // H
    size_t saved_size;  // floats of a row of `saved`
    float *y;           // [rows,H], y_stride apart
    size_t y_stride;    // floats from row to row of y and dy
    float *cells;       // [rows,H]
    float *saved;       // [rows from saved_from on,saved_size]
    size_t saved_from;  // 0, unless forward keeps the gates of a few steps alone
    const float *h0;    // [B,H] or NULL
    const float *c0;    // [B,H] or NULL
    const float *zeros; // a row of zeros, as long as any product needs

    // Backward only.
    float *dy;       // laid out as y: its gradient, becomes the whole gradient of h_t
    float *dh0;      // [B,H] or NULL
    float *dc;       // [B,H] gradient of the cell state, carried from step to step
    float *scratch;  // [B,H] the product of the second phase
} sn_pass;

// Rows of one step and the units that one panel covers.
typedef struct sn_patch {
    size_t step_row;   // the step's first row
    size_t row, rows;  // rows of the batch
    size_t unit, units;
} sn_patch;

typedef void (*sn_pass_function)(const sn_pass *pass, const sn_patch *patch);

// The gates of a row.
static inline float *sn_pass_saved(const sn_pass *pass, size_t row) {
    return pass->saved + (row - pass->saved_from) * pass->saved_size;
}

// The state before a row: of the row before, the initial state, or zeros.
static inline const float *sn_pass_before(const sn_pass *pass, const float *states, size_t stride,
                                          const float *initial, size_t row, size_t sequence) {
    int32_t previous = pass->batch->previous[row];
    if (previous >= 0) return states + (size_t)previous * stride;
    if (previous == SN_STATE_END && initial) return initial + sequence * pass->hidden;
    return pass->zeros;
}

static inline const float *sn_pass_h_before(const sn_pass *pass, size_t row, size_t sequence) {
    return sn_pass_before(pass, pass->y, pass->y_stride, pass->h0, row, sequence);
}

static inline const float *sn_pass_c_before(const sn_pass *pass, size_t row, size_t sequence) {
    return sn_pass_before(pass, pass->cells, pass->hidden, pass->c0, row, sequence);
}

// Where the gradient of the state before a row is gathered; NULL where it ends.
static inline float *sn_pass_dh_before(const sn_pass *pass, size_t row, size_t sequence) {
    int32_t previous = pass->batch->previous[row];
    if (previous >= 0) return pass->dy + (size_t)previous * pass->y_stride;
    if (previous == SN_STATE_END && pass->dh0) return pass->dh0 + sequence * pass->hidden;
    return NULL;
}

#endif
