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
    float *cells;       // [rows,H]; NULL when the cell has none, or none are kept
    float *saved;       // [rows,saved_size]; NULL when no backward pass follows
    const float *h0;    // [B,H] or NULL
    const float *c0;    // [B,H] or NULL
    const float *zeros; // a row of zeros, as long as any product needs

    // [rows from sums_from on,saved_size]: forward what products leave, which may be saved;
    // backward dz, the gradients of those.
    float *sums;
    size_t sums_from;
    // Forward only: states that are carried beside y and cells, a row of state_size for each sequence, or NULL:
    // h before and after the step, and c, which is replaced.
    float *h_carried, *h_next, *c_carried;
    size_t state_size;

    // Backward only.
    float *dy;       // laid out as y: its gradient, becomes the whole gradient of h_t
    float *dh0;      // [B,H] or NULL
    float *dc;       // [B,H] gradient of the cell state, carried from step to step
    float *scratch;  // [B,H] the product of the second phase
} sn_pass;

// Rows of one step and the units that some panels cover.
typedef struct sn_patch {
    size_t step_row;   // the step's first row
    size_t row, rows;  // rows of the batch
    size_t unit, units;
} sn_patch;

typedef void (*sn_pass_function)(const sn_pass *pass, const sn_patch *patch);

// Where the sums of a row lie, or their gradients.
static inline float *sn_pass_sums(const sn_pass *pass, size_t row) {
    return pass->sums + (row - pass->sums_from) * pass->saved_size;
}

// Where the activations of a row go: to what backward needs, or in place of the sums.
static inline float *sn_pass_saved(const sn_pass *pass, size_t row) {
    return pass->saved ? pass->saved + row * pass->saved_size : sn_pass_sums(pass, row);
}

// Where the cell state of a row is kept; NULL for nowhere.
static inline float *sn_pass_cells(const sn_pass *pass, size_t row) {
    return pass->cells ? pass->cells + row * pass->hidden : NULL;
}

// A sequence's row of carried states; NULL where none are carried.
static inline float *sn_pass_carried(const sn_pass *pass, float *states, size_t sequence) {
    return states ? states + sequence * pass->state_size : NULL;
}

// The state before a row: carried, of the row before, the initial state, or zeros.
static inline const float *sn_pass_before(const sn_pass *pass, float *carried, const float *states,
                                          size_t stride, const float *initial, size_t row,
                                          size_t sequence) {
    int32_t previous = pass->batch->previous[row];
    if (previous >= 0)
        return carried ? sn_pass_carried(pass, carried, sequence)
                       : states + (size_t)previous * stride;
    if (previous == SN_STATE_END && initial) return initial + sequence * pass->hidden;
    return pass->zeros;
}

static inline const float *sn_pass_h_before(const sn_pass *pass, size_t row, size_t sequence) {
    return sn_pass_before(pass, pass->h_carried, pass->y, pass->y_stride, pass->h0, row, sequence);
}

static inline const float *sn_pass_c_before(const sn_pass *pass, size_t row, size_t sequence) {
    return sn_pass_before(pass, pass->c_carried, pass->cells, pass->hidden, pass->c0, row,
                          sequence);
}

// Where the gradient of the state before a row is gathered; NULL where it ends.
static inline float *sn_pass_dh_before(const sn_pass *pass, size_t row, size_t sequence) {
    int32_t previous = pass->batch->previous[row];
    if (previous >= 0) return pass->dy + (size_t)previous * pass->y_stride;
    if (previous == SN_STATE_END && pass->dh0) return pass->dh0 + sequence * pass->hidden;
    return NULL;
}

#endif
